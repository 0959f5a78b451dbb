import { day, importId, instant, leadId, opportunityId, processId, repId, sourceId, submissionId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineApi, pageOf, pageQuery } from './define-api.ts';
import { importRequest, importStarted, importStatus } from './imports.ts';
import { leadStatus, personFields, pointsRule, providerName, sourceSettings, submissionStatus, survivorshipRules } from './leads-events.ts';

export const sourceView = z.object({
  sourceId,
  provider: providerName,
  /** raised with each change of the settings */
  settingsVersion: z.int().positive(),
  ...sourceSettings.shape,
  /** where the form posts to */
  webhookPath: z.string(),
  /** who makes its secret: `us` (shown once when issued) or the `sender` (told to us) */
  secretFrom: z.enum(['us', 'sender']),
  /** 0: it has none yet, and every signed delivery is refused */
  secretNumber: z.int().nonnegative(),
});
export type SourceView = z.infer<typeof sourceView>;

/** A secret that the sender made. */
const givenSecret = z.string().min(8).max(200);

const secretOnce = z.object({
  /** shown once, kept nowhere else that can be read */
  secret: z.string(),
  /** where senders without a signature post to: the address holds the secret */
  webhookPath: z.string(),
  number: z.int().positive(),
  previousValidUntil: instant.nullable(),
});

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
export type SubmissionView = z.infer<typeof submissionView>;

export const booksView = z.object({
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
export type BooksView = z.infer<typeof booksView>;

/** A lead without what it says of the person. */
export const leadHead = z.object({
  leadId,
  status: leadStatus,
  capturedAt: instant,
  sourceId,
  score: z.int().nullable(),
  /** the rules that fired, each with its points */
  scoreRules: z.array(z.object({ id: z.string(), points: z.int() })),
  owner: z.object({ repId, teamId, assignedAt: instant, reason: z.string() }).nullable(),
  opportunityId: opportunityId.nullable(),
  /** the lead that this one became a part of */
  mergedInto: leadId.nullable(),
});
export type LeadHead = z.infer<typeof leadHead>;

export const leadView = leadHead.extend({ person: personFields });
export type LeadView = z.infer<typeof leadView>;

export const consentView = z.object({
  purpose: z.string(),
  status: z.enum(['requested', 'given', 'withdrawn']),
  textVersion: z.string(),
  at: instant,
  submissionId: submissionId.nullable(),
});
export type ConsentView = z.infer<typeof consentView>;

const leadDetail = leadView.extend({
  /** for each field that is shown: the submission that it came from, null where an import brought it */
  provenance: z.array(z.object({ field: z.string(), submissionId: submissionId.nullable(), at: instant })),
  consents: z.array(consentView),
  /** leads that turned out to be the same person */
  absorbed: z.array(leadId),
  touchpoints: z.array(submissionView).max(100),
});

/** Everything that is kept about a person, to be handed over. */
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

const purpose = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const survivorshipView = z.object({ version: z.int().nonnegative(), rules: survivorshipRules });
const retentionDays = z.strictObject({
  new: z.int().min(1).max(3650).nullable(),
  working: z.int().min(1).max(3650).nullable(),
  converted: z.int().min(1).max(3650).nullable(),
});
const retentionView = z.object({ version: z.int().nonnegative(), days: z.record(z.string(), z.int().positive().nullable()) });

const pointsView = z.object({ version: z.int().nonnegative(), rules: z.array(pointsRule) });

const staff = ['operations', 'admin'] as const;
const marketers = ['marketing', 'operations', 'admin'] as const;
const sellers = ['rep', 'manager', 'operations', 'admin'] as const;

export const leadsApi = defineApi({
  service: 'leads',
  routes: {
    'GET /sources': {
      summary: 'The sources, by name.',
      roles: [...marketers, 'integration'],
      query: pageQuery,
      answers: { 200: pageOf(sourceView) },
      refusals: {},
    },
    'POST /sources': {
      summary: 'Registers a form, landing page or campaign. The signing secret is in this answer and nowhere else.',
      roles: marketers,
      body: sourceSettings.partial().required({ name: true }).extend({ provider: providerName, secret: givenSecret.optional() }),
      answers: { 201: z.object({ source: sourceView, secret: secretOnce.nullable() }) },
      refusals: { 'signature-is-missing': 422, 'provider-makes-no-use-of-it': 422 },
      answersOnce: true,
    },
    'GET /sources/{sourceId}': {
      summary: 'One source. Carries an ETag.',
      roles: [...marketers, 'integration'],
      path: z.object({ sourceId }),
      answers: { 200: sourceView },
      refusals: { 'source-is-unknown': 404 },
    },
    'PUT /sources/{sourceId}': {
      summary: 'A new version of the settings, for submissions that are read from now on. Try a payload before.',
      roles: marketers,
      path: z.object({ sourceId }),
      body: sourceSettings,
      answers: { 200: sourceView },
      refusals: { 'source-is-unknown': 404, 'signature-is-missing': 422, 'provider-makes-no-use-of-it': 422, 'version-is-stale': 412 },
      ifMatch: 'required',
    },
    'POST /sources/{sourceId}/try': {
      summary: 'What a payload would become, field by field, and why. Nothing is kept, nothing goes live.',
      roles: marketers,
      path: z.object({ sourceId }),
      body: z.strictObject({
        /** the body as the sender would send it */
        body: z.string().max(200_000),
        contentType: z.string().max(200).default('application/json'),
        /** settings to try instead of those in force */
        settings: sourceSettings.partial().optional(),
      }),
      answers: { 200: trialView },
      refusals: { 'source-is-unknown': 404 },
    },
    'POST /sources/{sourceId}/secrets': {
      summary: 'A new secret, made by us or (in the body) by the sender; the one before stays valid for 24 hours.',
      roles: marketers,
      path: z.object({ sourceId }),
      body: z.strictObject({ secret: givenSecret.optional() }),
      answers: { 201: secretOnce },
      refusals: { 'source-is-unknown': 404, 'provider-signs-nothing': 422, 'secret-is-missing': 422 },
      answersOnce: true,
    },
    'PUT /sources/{sourceId}/captcha': {
      summary: 'The secret key of Turnstile for this form.',
      roles: marketers,
      path: z.object({ sourceId }),
      body: z.strictObject({ secret: givenSecret }),
      answers: { 200: z.object({ sourceId }) },
      refusals: { 'source-is-unknown': 404 },
      answersOnce: true,
    },
    'PUT /sources/{sourceId}/access-token': {
      summary: 'The token with which the content of thin notifications (Meta, LinkedIn, HubSpot) is fetched.',
      roles: marketers,
      path: z.object({ sourceId }),
      body: z.strictObject({ token: z.string().min(8).max(2000) }),
      answers: { 200: z.object({ sourceId }) },
      refusals: { 'source-is-unknown': 404, 'provider-makes-no-use-of-it': 422 },
      answersOnce: true,
    },
    'GET /sources/{sourceId}/books': {
      summary: 'received = created + attached + quarantined + rejected (+ waiting), of one day in UTC.',
      roles: [...marketers, 'integration'],
      path: z.object({ sourceId }),
      query: z.object({ day }),
      answers: { 200: booksView },
      refusals: { 'source-is-unknown': 404 },
    },
    'GET /submissions': {
      summary: 'Submissions in quarantine, oldest first.',
      roles: marketers,
      query: pageQuery.extend({ status: z.enum(['quarantined']).default('quarantined') }),
      answers: { 200: pageOf(submissionView) },
      refusals: {},
    },
    'POST /submissions/{submissionId}/release': {
      summary: 'Reads a quarantined submission again, after its source has been corrected.',
      roles: marketers,
      path: z.object({ submissionId }),
      answers: { 202: submissionView },
      refusals: { 'submission-is-unknown': 404, 'submission-is-not-in-quarantine': 409 },
    },
    'POST /submissions/{submissionId}/purge': {
      summary: 'A quarantined submission is no lead: it is counted as rejected, and what it said is deleted.',
      roles: marketers,
      path: z.object({ submissionId }),
      answers: { 200: submissionView },
      refusals: { 'submission-is-unknown': 404, 'submission-is-not-in-quarantine': 409 },
    },
    'GET /leads': {
      summary: 'Leads by owner, newest first within an owner: the own ones for a rep, the team’s for a manager.',
      roles: sellers,
      query: pageQuery.extend({ owner: repId.optional() }),
      answers: { 200: pageOf(leadView) },
      refusals: {},
    },
    'GET /leads/{leadId}': {
      summary: 'One lead with its touchpoints. Carries an ETag.',
      roles: sellers,
      path: z.object({ leadId }),
      answers: { 200: leadDetail },
      refusals: { 'lead-is-unknown': 404 },
    },
    'POST /leads/{leadId}/assign': {
      summary: 'Gives the lead to a rep by hand; it counts in the fair choice.',
      roles: ['manager', 'operations', 'admin'],
      path: z.object({ leadId }),
      body: z.strictObject({ repId }),
      answers: { 200: leadHead },
      refusals: { 'lead-is-unknown': 404, 'lead-is-converted': 422, 'lead-is-merged': 422, 'lead-is-erased': 422, 'rep-is-unknown': 422, 'version-is-stale': 412 },
      ifMatch: 'required',
    },
    'POST /leads/{leadId}/convert': {
      summary: 'Turns the lead into an opportunity of a sales process.',
      roles: sellers,
      path: z.object({ leadId }),
      body: z.strictObject({ processId: processId.optional() }),
      answers: { 200: leadHead },
      refusals: { 'lead-is-unknown': 404, 'lead-is-converted': 422, 'lead-is-merged': 422, 'lead-is-erased': 422, 'lead-has-no-owner': 422, 'version-is-stale': 412 },
      ifMatch: 'required',
    },
    'POST /leads/{leadId}/merge': {
      summary: 'The other lead is the same person: this one stays and learns what that one knew. Can be undone.',
      roles: ['manager', 'operations', 'admin'],
      path: z.object({ leadId }),
      body: z.strictObject({ other: leadId }),
      answers: { 200: leadHead },
      refusals: {
        'lead-is-unknown': 404,
        'leads-are-the-same': 422,
        'lead-is-merged': 422,
        'lead-is-erased': 422,
        'both-are-converted': 422,
        'version-is-stale': 412,
      },
      ifMatch: 'required',
    },
    'POST /leads/{leadId}/unmerge': {
      summary: 'The absorbed lead is another person after all: both are as they were.',
      roles: ['manager', 'operations', 'admin'],
      path: z.object({ leadId }),
      body: z.strictObject({ absorbed: leadId }),
      answers: { 200: leadHead },
      refusals: { 'lead-is-unknown': 404, 'lead-is-not-merged': 422, 'version-is-stale': 412 },
      ifMatch: 'required',
    },
    'DELETE /leads/{leadId}': {
      summary: 'Forgets the person: everything personal is deleted within minutes, figures stay.',
      roles: staff,
      path: z.object({ leadId }),
      answers: { 202: leadHead },
      refusals: { 'lead-is-unknown': 404 },
    },
    'GET /leads/{leadId}/access-report': {
      summary: 'Everything that is kept about this person, to be handed over.',
      roles: staff,
      path: z.object({ leadId }),
      answers: { 200: accessReport },
      refusals: { 'lead-is-unknown': 404 },
    },
    'POST /leads/{leadId}/consents/{purpose}/withdraw': {
      summary: 'The person told us that it agrees no longer.',
      roles: [...sellers, 'marketing'],
      path: z.object({ leadId, purpose }),
      body: z.strictObject({}),
      answers: { 200: z.object({ consents: z.array(consentView) }) },
      refusals: { 'lead-is-unknown': 404, 'consent-is-unknown': 404 },
    },
    'GET /survivorship': {
      summary: 'Which of several values of a field counts. Carries an ETag.',
      roles: [...sellers, 'marketing'],
      answers: { 200: survivorshipView },
      refusals: {},
    },
    'PUT /survivorship': {
      summary: 'New rules, at once and for all leads; nothing that was said is lost.',
      roles: staff,
      body: survivorshipRules,
      answers: { 200: survivorshipView },
      refusals: { 'version-is-stale': 412 },
      ifMatch: 'required',
    },
    'GET /retention': {
      summary: 'How long leads of each status are kept after their last touchpoint. Carries an ETag.',
      roles: staff,
      answers: { 200: retentionView },
      refusals: {},
    },
    'PUT /retention': {
      summary: 'New times; the nightly run erases what is overdue by them.',
      roles: staff,
      body: retentionDays,
      answers: { 200: retentionView },
      refusals: { 'version-is-stale': 412 },
      ifMatch: 'required',
    },
    'GET /points': {
      summary: 'The table of points in force. Carries an ETag.',
      roles: [...sellers, 'marketing'],
      answers: { 200: pointsView },
      refusals: {},
    },
    'PUT /points': {
      summary: 'Publishes a new version of the table of points, for leads from now on.',
      roles: marketers,
      body: z.strictObject({ rules: z.array(pointsRule).max(200) }),
      answers: { 200: pointsView },
      refusals: { 'rule-is-there-twice': 422, 'value-is-missing': 422, 'version-is-stale': 412 },
      ifMatch: 'required',
    },
    'POST /leads/imports': {
      summary: 'Begins an import of history; PUT the NDJSON file to the presigned URL, the job starts by itself.',
      roles: staff,
      body: importRequest,
      answers: { 201: importStarted },
      refusals: {},
    },
    'GET /leads/imports/{importId}': {
      summary: 'How far an import is, and what was rejected by which rule.',
      roles: staff,
      path: z.object({ importId }),
      answers: { 200: importStatus },
      refusals: { 'import-is-unknown': 404 },
    },
  },
});
