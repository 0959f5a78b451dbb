import { accountId, instant, leadId, opportunityId, processId, repId, sourceId, submissionId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { account } from '../../account.ts';
import { defineEvent, type FactOf } from '../../define-event.ts';
import { leadFollowUpEvents } from '../follow-up/follow-up-events.ts';
import { leadQualificationEvents } from '../qualification/qualification-events.ts';
import { grade } from '../qualification/scoring.ts';
import { personFields } from '../people/person-fields.ts';
import { leadServiceLevelEvents } from '../service-levels/service-level-events.ts';
import { leadRoutingEvents } from '../assignment/routing-events.ts';

const owner = 'leads';

/** The status of a lead; of `new`, `working`, `mql` and `sql` the furthest that was reached. */
export const leadStatus = z.enum(['new', 'working', 'mql', 'sql', 'converted', 'disqualified', 'merged', 'erased']);
export type LeadStatus = z.infer<typeof leadStatus>;

/** The fields of a touchpoint, and the keys (HMACs) by which the person is found from then on. */
const submittedPerson = z.object({ fields: personFields, keys: z.array(z.object({ kind: z.string(), value: z.string() })).optional() });

export const leadCaptured = defineEvent({
  name: 'LeadCaptured',
  owner,
  version: 1,
  meaning: 'A new person showed interest.',
  data: z.object({
    leadId,
    sourceId,
    submissionId: submissionId.nullable(),
    account: account.nullable(),
    country: z.string().max(60).nullable(),
  }),
  confidential: submittedPerson,
});

export const leadCorrected = defineEvent({
  name: 'LeadCorrected',
  owner,
  version: 1,
  meaning:
    'The import row that had created the lead was corrected, and nobody had worked on the lead. This event replaces `LeadCaptured`. What imports had said about the lead before (owner, points, stages, opportunity) is void; the events that follow say what is true now. An earlier `LeadAssigned` stays valid if the rules had assigned the lead and no other `LeadAssigned` follows.',
  data: leadCaptured.data,
  confidential: submittedPerson,
});

export const leadAmended = defineEvent({
  name: 'LeadAmended',
  owner,
  version: 1,
  meaning:
    'A touchpoint filled empty fields, or an import brought other values (then `submissionId` is null). `part` is the absorbed lead whose keys the touchpoint named: the values are kept with it, and go with it if the merge is undone.',
  data: z.object({ leadId, submissionId: submissionId.nullable(), filled: z.array(z.string()), part: leadId.optional() }),
  confidential: submittedPerson.extend({ consents: z.unknown().optional() }),
});

export const leadScored = defineEvent({
  name: 'LeadScored',
  owner,
  version: 1,
  meaning: 'The lead was scored: 0 to 100 points from the rules that fired, as of the last thing that is known about the lead.',
  data: z.object({
    leadId,
    score: z.int().min(0).max(100),
    rules: z.array(z.string()),
    pointsVersion: z.int().positive(),
    grade: grade.optional(),
    /** the points for who the person is and for what the person does, before their sum is limited to 0 to 100 */
    fit: z.int().optional(),
    engagement: z.int().optional(),
  }),
});

export const leadAssigned = defineEvent({
  name: 'LeadAssigned',
  owner,
  version: 1,
  meaning: 'A rep owns the lead from now on, for this reason.',
  data: z.object({
    leadId,
    repId,
    teamId,
    reason: z.enum(['rotation', 'account-owner', 'manual', 'queue-picked', 'import', 'merge']),
    /** how many reps were eligible */
    candidates: z.int().nonnegative(),
  }),
});

export const leadConverted = defineEvent({
  name: 'LeadConverted',
  owner,
  version: 1,
  meaning: 'The lead became an opportunity.',
  data: z.object({
    leadId,
    opportunityId,
    processId: processId.nullable(),
    sourceId,
    account: z.object({ id: accountId, name: z.string().max(200).nullable() }),
    repId,
    teamId,
    capturedAt: instant,
    /** the first segment that the lead is in */
    segment: z.string().max(60).nullable().optional(),
  }),
});

const purpose = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'begins with a small letter and has at most 40 small letters, digits or -, such as newsletter');
const consentAbout = z.object({ leadId, purpose, textVersion: z.string().min(1).max(60), submissionId: submissionId.nullable() });

export const consentRequested = defineEvent({
  name: 'ConsentRequested',
  owner,
  version: 1,
  meaning: 'A form brought a consent that is valid only after the person has confirmed it through the link in an e-mail.',
  data: consentAbout,
});

export const consentGiven = defineEvent({
  name: 'ConsentGiven',
  owner,
  version: 1,
  meaning:
    'A person consented to a purpose, with a version of its text. `submissionId` is null if the consent was confirmed through the link in an e-mail.',
  data: consentAbout,
});

export const consentWithdrawn = defineEvent({
  name: 'ConsentWithdrawn',
  owner,
  version: 1,
  meaning: 'A person withdrew the consent to a purpose.',
  data: z.object({ leadId, purpose, by: z.enum(['person', 'employee']) }),
});

export const leadMerged = defineEvent({
  name: 'LeadMerged',
  owner,
  version: 1,
  meaning: 'Two leads turned out to be the same person. This lead stays and takes over everything that is known of the absorbed lead.',
  data: z.object({ leadId, absorbed: leadId, reason: z.enum(['same-person-proven', 'by-hand']) }),
  confidential: z.object({ profile: z.unknown(), bant: z.unknown().optional(), consents: z.unknown().optional() }),
});

export const leadAbsorbed = defineEvent({
  name: 'LeadAbsorbed',
  owner,
  version: 1,
  meaning: 'This lead turned out to be the same person as another lead. It no longer counts, and its touchpoints belong to the other lead.',
  data: z.object({ leadId, into: leadId }),
});

export const leadMergeUndone = defineEvent({
  name: 'LeadMergeUndone',
  owner,
  version: 1,
  meaning: 'The absorbed lead is a different person after all. This lead loses everything that came from it.',
  data: z.object({ leadId, absorbed: leadId }),
});

export const leadRestored = defineEvent({
  name: 'LeadRestored',
  owner,
  version: 1,
  meaning: 'A merge was undone, and the absorbed lead counts again as it was.',
  data: z.object({ leadId, from: leadId }),
});

/** One of the contacts of a lead that identify a person: `email-1`, `phone-2`. It says which, and not what the contact is. */
export const contactId = z.string().regex(/^(email|phone)-[0-9]{1,4}$/, 'is the id of a shared contact, such as email-1');

export const leadContactShared = defineEvent({
  name: 'LeadContactShared',
  owner,
  version: 1,
  meaning:
    'An address or a number of this lead was used under one more name than the company allows. From now on it identifies a person only together with the name, until somebody decides.',
  data: z.object({ leadId, contactId, contact: z.enum(['email', 'phone']), names: z.int().positive() }),
  confidential: z.object({ key: z.object({ kind: z.string(), value: z.string() }) }),
});

export const leadContactDecided = defineEvent({
  name: 'LeadContactDecided',
  owner,
  version: 1,
  meaning:
    'Somebody decided about an address or number that many names use: it belongs to one person, whatever the name, or it stays shared.',
  data: z.object({ leadId, contactId, decision: z.enum(['one-person', 'shared']) }),
});

export const leadErased = defineEvent({
  name: 'LeadErased',
  owner,
  version: 1,
  meaning: 'Everything that identifies the person was ordered to be deleted. Figures stay.',
  data: z.object({ leadId, opportunityId: opportunityId.nullable(), reason: z.enum(['request', 'sender', 'retention']) }),
});

export const leadEvents = [
  leadCaptured,
  leadCorrected,
  leadAmended,
  leadScored,
  leadAssigned,
  leadConverted,
  leadMerged,
  leadAbsorbed,
  leadMergeUndone,
  leadRestored,
  leadErased,
  leadContactShared,
  leadContactDecided,
  consentRequested,
  consentGiven,
  consentWithdrawn,
  ...leadQualificationEvents,
  ...leadRoutingEvents,
  ...leadServiceLevelEvents,
  ...leadFollowUpEvents,
] as const;
export type LeadFact = FactOf<(typeof leadEvents)[number]>;
