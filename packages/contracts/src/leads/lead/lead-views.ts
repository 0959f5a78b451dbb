import { day, instant, leadId, opportunityId, repId, sourceId, submissionId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { followUpView } from '../follow-up/follow-up-sequences.ts';
import { contactId, leadStatus } from './lead-events.ts';
import { leadExplanation } from './lead-explanations.ts';
import { grade } from '../qualification/scoring.ts';
import { personFields } from '../people/person-fields.ts';
import { queueEntry, routingExplanation } from '../assignment/routing-views.ts';
import { providerName, sourceSettings } from '../capture/source-settings.ts';
import { serviceLevelView } from '../service-levels/service-levels.ts';
import { submissionStatus } from '../capture/submission-events.ts';

export const sourceView = z.object({
  sourceId,
  provider: providerName,
  /** incremented with each change of the settings */
  settingsVersion: z.int().positive(),
  ...sourceSettings.shape,
  /** where the form posts to */
  webhookPath: z.string(),
  /** who creates its secret: `us` (shown once when issued) or the `sender` (entered by staff) */
  secretFrom: z.enum(['us', 'sender']),
  /** 0: there is none yet, and every signed delivery is refused */
  secretNumber: z.int().nonnegative(),
});
export type SourceView = z.infer<typeof sourceView>;

/** What a payload becomes. */
export const trialView = z.object({
  outcome: z.enum(['lead', 'quarantined', 'rejected', 'fetched', 'erased']),
  /** why it is no lead, as it would stand in quarantine */
  reason: z.string().nullable(),
  fields: personFields,
  consents: z.array(z.object({ purpose: z.string(), textVersion: z.string(), doubleOptIn: z.boolean() })),
  /** one line for each value that was looked at, with what became of it */
  explanation: z.array(z.object({ path: z.string(), target: z.string().nullable(), value: z.string().nullable(), result: z.string() })),
});
export type TrialView = z.infer<typeof trialView>;

export const submissionView = z.object({
  submissionId,
  sourceId,
  storedAt: instant,
  status: submissionStatus,
  reason: z.string().nullable(),
  leadId: leadId.nullable(),
});

/** A submission in quarantine with what it said: the names and values of its fields, and the body as it came. */
export const quarantinedView = submissionView.extend({
  contentType: z.string(),
  /** empty where the body cannot be read */
  fields: z.array(z.object({ path: z.string(), value: z.string() })),
  body: z.string(),
});
export type QuarantinedView = z.infer<typeof quarantinedView>;

export const reconciliationView = z.object({
  sourceId,
  day,
  received: z.int().nonnegative(),
  created: z.int().nonnegative(),
  attached: z.int().nonnegative(),
  quarantined: z.int().nonnegative(),
  rejected: z.record(z.string(), z.int().nonnegative()),
  /** stored and not read yet; seconds at most, unless something is broken */
  waiting: z.int().nonnegative(),
  balanced: z.boolean(),
});
export type ReconciliationView = z.infer<typeof reconciliationView>;

/** A lead without personal fields. */
export const leadHead = z.object({
  leadId,
  status: leadStatus,
  capturedAt: instant,
  sourceId,
  /** as of now: points for what a person did long ago have faded */
  score: z.int().nullable(),
  grade: grade.nullable(),
  /** the rules that fired, each with its points */
  scoreRules: z.array(z.object({ id: z.string(), points: z.int() })),
  /** the segments that it is in now, in order of precedence */
  segments: z.array(z.string()),
  owner: z.object({ repId, teamId, assignedAt: instant, reason: z.string() }).nullable(),
  /** the queue in which it waits while it has no owner */
  queue: queueEntry.nullable(),
  opportunityId: opportunityId.nullable(),
  /** the lead into which this one was merged */
  mergedInto: leadId.nullable(),
});
export type LeadHead = z.infer<typeof leadHead>;

export const leadView = leadHead.extend({ person: personFields });
export type LeadView = z.infer<typeof leadView>;

/** A lead in a list, with what a caller needs to act on it without another GET. */
export const leadItem = leadView.extend({
  /** for `If-Match` */
  version: z.int().positive(),
  /** the person, or else the company or the e-mail address; null after erasure */
  title: z.string().nullable(),
  /** the response deadline; null if no service level applies */
  service: serviceLevelView.pick({ state: true, dueAt: true, minutesLeft: true }).nullable(),
});
export type LeadItem = z.infer<typeof leadItem>;

/** A page of leads; `total`: how many the filters leave, null where the list is neither filtered nor sorted. */
export const leadPage = z.object({ items: z.array(leadItem), next: z.string().nullable(), total: z.int().nonnegative().nullable() });

export const leadsFound = z.object({
  items: z.array(leadItem).max(20),
  /** false: more leads match, or more are visible than a search examines; type more words */
  isComplete: z.boolean(),
});

export const consentView = z.object({
  purpose: z.string(),
  status: z.enum(['requested', 'given', 'withdrawn']),
  textVersion: z.string(),
  at: instant,
  submissionId: submissionId.nullable(),
});
export type ConsentView = z.infer<typeof consentView>;

export const leadDetail = leadView.extend({
  /** for each field that is shown: the submission that it came from; null if an import brought it */
  provenance: z.array(z.object({ field: z.string(), submissionId: submissionId.nullable(), at: instant })),
  consents: z.array(consentView),
  /** leads that turned out to be the same person */
  absorbed: z.array(leadId),
  touchpoints: z.array(submissionView).max(100),
  ...leadExplanation.shape,
  /** the service level that applies; null if none does */
  serviceLevel: serviceLevelView.nullable(),
  /** the sequence that runs for it, or ran last */
  followUp: followUpView.nullable(),
  /** why it has its owner, or waits in its queue */
  routing: routingExplanation,
});

/** Everything that is stored about a person, to be handed over. */
export const accessReport = z.object({
  leadId,
  createdAt: instant,
  lead: leadView,
  provenance: leadDetail.shape.provenance,
  consents: z.array(consentView),
  submissions: z.array(submissionView.extend({ contentType: z.string().nullable(), body: z.string().nullable() })),
  /** what happened to the lead, with when and what the event says */
  history: z.array(z.object({ name: z.string(), occurredAt: instant, data: z.unknown() })),
});
export type AccessReport = z.infer<typeof accessReport>;

/** An address or number that many names use, and what was decided about it. */
export const sharedContactView = z.object({
  leadId,
  contactId,
  contact: z.enum(['email', 'phone']),
  /** as it was typed first; null where an import brought it */
  value: z.string().nullable(),
  /** how many different names there were when it stopped identifying a person */
  names: z.int().positive(),
  /** the names of the lead, each in small letters and without titles */
  known: z.array(z.string()),
  sharedAt: instant,
  decision: z.enum(['one-person', 'shared']).nullable(),
  version: z.int().nonnegative(),
});
