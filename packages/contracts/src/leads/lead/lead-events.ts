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

/** Where a lead stands; of `new`, `working`, `mql` and `sql` the furthest. */
export const leadStatus = z.enum(['new', 'working', 'mql', 'sql', 'converted', 'disqualified', 'merged', 'erased']);
export type LeadStatus = z.infer<typeof leadStatus>;

/** What a touchpoint said, and the keys (HMACs) by which its person is found from then on. */
const submittedPerson = z.object({ fields: personFields, keys: z.array(z.object({ kind: z.string(), value: z.string() })).optional() });

export const leadCaptured = defineEvent({
  name: 'LeadCaptured',
  owner,
  version: 1,
  meaning: 'A new person is interested.',
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
    'The row that an import made the lead of says otherwise now, and nobody had worked on it. It takes the place of `LeadCaptured`; what imports said of the lead before (owner, points, stages, opportunity) is void, and what holds of it follows. `LeadAssigned` before it holds where the rules gave the lead away and none follows.',
  data: leadCaptured.data,
  confidential: submittedPerson,
});

export const leadAmended = defineEvent({
  name: 'LeadAmended',
  owner,
  version: 1,
  meaning:
    'A touchpoint filled fields that were empty, or an import brought other values (`submissionId` is null then). `part` is the absorbed lead whose keys the touchpoint named; it keeps what was said, and takes it along where the two are parted.',
  data: z.object({ leadId, submissionId: submissionId.nullable(), filled: z.array(z.string()), part: leadId.optional() }),
  confidential: submittedPerson.extend({ consents: z.unknown().optional() }),
});

export const leadScored = defineEvent({
  name: 'LeadScored',
  owner,
  version: 1,
  meaning: 'The points of the rules that fired, 0 to 100, at the last that is known of the lead.',
  data: z.object({
    leadId,
    score: z.int().min(0).max(100),
    rules: z.array(z.string()),
    pointsVersion: z.int().positive(),
    grade: grade.optional(),
    /** the parts for who the person is and for what it does, before their sum is kept within 0 and 100 */
    fit: z.int().optional(),
    engagement: z.int().optional(),
  }),
});

export const leadAssigned = defineEvent({
  name: 'LeadAssigned',
  owner,
  version: 1,
  meaning: 'A rep owns the lead now, and why.',
  data: z.object({
    leadId,
    repId,
    teamId,
    reason: z.enum(['rotation', 'account-owner', 'manual', 'queue-picked', 'import', 'merge']),
    /** how many were eligible; the choice can be checked from the pool's history */
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

const purpose = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const consentAbout = z.object({ leadId, purpose, textVersion: z.string().min(1).max(60), submissionId: submissionId.nullable() });

export const consentRequested = defineEvent({
  name: 'ConsentRequested',
  owner,
  version: 1,
  meaning: 'A form brought a consent that counts only once the person has confirmed it by the link in a mail.',
  data: consentAbout,
});

export const consentGiven = defineEvent({
  name: 'ConsentGiven',
  owner,
  version: 1,
  meaning: 'A person agreed to a purpose, to a version of its text; `submissionId` is null where the link in a mail confirmed it.',
  data: consentAbout,
});

export const consentWithdrawn = defineEvent({
  name: 'ConsentWithdrawn',
  owner,
  version: 1,
  meaning: 'A person agrees to a purpose no longer.',
  data: z.object({ leadId, purpose, by: z.enum(['person', 'employee']) }),
});

export const leadMerged = defineEvent({
  name: 'LeadMerged',
  owner,
  version: 1,
  meaning: 'Two leads were one person: this one stays and knows what the absorbed one knew and was told.',
  data: z.object({ leadId, absorbed: leadId, reason: z.enum(['same-person-proven', 'by-hand']) }),
  confidential: z.object({ profile: z.unknown(), bant: z.unknown().optional(), consents: z.unknown().optional() }),
});

export const leadAbsorbed = defineEvent({
  name: 'LeadAbsorbed',
  owner,
  version: 1,
  meaning: 'This lead was another one’s person; it counts no longer and its touchpoints belong to that one.',
  data: z.object({ leadId, into: leadId }),
});

export const leadMergeUndone = defineEvent({
  name: 'LeadMergeUndone',
  owner,
  version: 1,
  meaning: 'The absorbed lead is another person after all; this one forgets what came from there.',
  data: z.object({ leadId, absorbed: leadId }),
});

export const leadRestored = defineEvent({
  name: 'LeadRestored',
  owner,
  version: 1,
  meaning: 'An absorbed lead counts again, as it was.',
  data: z.object({ leadId, from: leadId }),
});

export const leadErased = defineEvent({
  name: 'LeadErased',
  owner,
  version: 1,
  meaning: 'Everything that tells who the person is was ordered to be deleted; figures stay.',
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
  consentRequested,
  consentGiven,
  consentWithdrawn,
  ...leadQualificationEvents,
  ...leadRoutingEvents,
  ...leadServiceLevelEvents,
  ...leadFollowUpEvents,
] as const;
export type LeadFact = FactOf<(typeof leadEvents)[number]>;
