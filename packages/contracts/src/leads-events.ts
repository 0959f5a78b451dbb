import { accountId, instant, leadId, opportunityId, processId, repId, sourceId, submissionId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type EnvelopeOf, type FactOf } from './define-event.ts';
import { account } from './fragments.ts';

const owner = 'leads';

/** The lead fields that a form may fill; personal, so they travel nowhere. */
export const personFields = z.object({
  email: z.string().max(320).optional(),
  name: z.string().max(200).optional(),
  phone: z.string().max(60).optional(),
  company: z.string().max(200).optional(),
  country: z.string().max(60).optional(),
  employees: z.string().max(30).optional(),
  message: z.string().max(5000).optional(),
});
export type PersonFields = z.infer<typeof personFields>;

export const providerName = z.enum(['standard-webhooks', 'html-form']);
export type ProviderName = z.infer<typeof providerName>;

/** Path in the payload (dots between the steps) -> lead field. */
export const fieldMapping = z.record(z.string().min(1).max(200), personFields.keyof());

export const pointsRule = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  field: personFields.keyof(),
  test: z.enum(['present', 'equals', 'business-domain', 'at-least']),
  value: z.string().max(200).optional(),
  points: z.int().min(-100).max(100),
});
export type PointsRule = z.infer<typeof pointsRule>;

export const sourceRegistered = defineEvent({
  name: 'SourceRegistered',
  owner,
  version: 1,
  meaning: 'A form, landing page or campaign may send leads.',
  data: z.object({
    sourceId,
    name: z.string().min(1).max(120),
    provider: providerName,
    mapping: fieldMapping,
    /** where a browser may be sent after a form; nothing is appended to it */
    redirects: z.array(z.url()).max(10),
    /** name of the field that people do not see and robots fill */
    honeypot: z.string().min(1).max(60).nullable(),
  }),
});

export const sourceSecretIssued = defineEvent({
  name: 'SourceSecretIssued',
  owner,
  version: 1,
  meaning: 'A source got a new signing secret; the one before stays valid until `previousValidUntil`.',
  data: z.object({ sourceId, number: z.int().positive(), previousValidUntil: instant.nullable() }),
});

export const submissionStored = defineEvent({
  name: 'SubmissionStored',
  owner,
  version: 1,
  meaning: 'What came in through a door is durable. Ids only.',
  data: z.object({ submissionId, sourceId }),
});

export const submissionQuarantined = defineEvent({
  name: 'SubmissionQuarantined',
  owner,
  version: 1,
  meaning: 'A submission could not be understood or trusted; it is kept and can be released.',
  data: z.object({ submissionId, sourceId, reason: z.string().min(1).max(120) }),
});

export const submissionRejected = defineEvent({
  name: 'SubmissionRejected',
  owner,
  version: 1,
  meaning: 'A submission is not a lead (a robot filled the honeypot); it is counted.',
  data: z.object({ submissionId, sourceId, reason: z.string().min(1).max(120) }),
});

export const submissionReleased = defineEvent({
  name: 'SubmissionReleased',
  owner,
  version: 1,
  meaning: 'A person released a submission from quarantine; it is read again.',
  data: z.object({ submissionId, sourceId }),
});

export const submissionCreatedLead = defineEvent({
  name: 'SubmissionCreatedLead',
  owner,
  version: 1,
  meaning: 'A submission was understood and a new lead came of it.',
  data: z.object({ submissionId, sourceId, leadId }),
});

export const leadTouched = defineEvent({
  name: 'LeadTouched',
  owner,
  version: 1,
  meaning: 'A further submission of a person who is a lead already: a touchpoint. Its subject is the submission.',
  data: z.object({ submissionId, sourceId, leadId }),
});

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
  confidential: z.object({ fields: personFields }),
});

export const leadAmended = defineEvent({
  name: 'LeadAmended',
  owner,
  version: 1,
  meaning: 'A touchpoint filled fields that were empty, or an import brought other values (`submissionId` is null then).',
  data: z.object({ leadId, submissionId: submissionId.nullable(), filled: z.array(z.string()) }),
  confidential: z.object({ fields: personFields }),
});

export const leadScored = defineEvent({
  name: 'LeadScored',
  owner,
  version: 1,
  meaning: 'The points of the rules that fired, 0 to 100.',
  data: z.object({ leadId, score: z.int().min(0).max(100), rules: z.array(z.string()), pointsVersion: z.int().positive() }),
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
    reason: z.enum(['fair-choice', 'manual', 'import']),
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
  }),
});

export const pointsPublished = defineEvent({
  name: 'PointsPublished',
  owner,
  version: 1,
  meaning: 'A new version of the table of points holds for leads from now on.',
  data: z.object({ version: z.int().positive(), rules: z.array(pointsRule).max(200) }),
});

export const leadsEvents = [
  sourceRegistered, sourceSecretIssued, submissionStored, submissionQuarantined, submissionRejected, submissionReleased,
  submissionCreatedLead, leadTouched, leadCaptured, leadAmended, leadScored, leadAssigned, leadConverted, pointsPublished,
] as const; // prettier-ignore
export type LeadsEnvelope = EnvelopeOf<(typeof leadsEvents)[number]>;

export type SourceFact = FactOf<typeof sourceRegistered | typeof sourceSecretIssued>;
export type SubmissionFact = FactOf<
  | typeof submissionStored
  | typeof submissionQuarantined
  | typeof submissionRejected
  | typeof submissionReleased
  | typeof submissionCreatedLead
  | typeof leadTouched
>;
export type LeadFact = FactOf<typeof leadCaptured | typeof leadAmended | typeof leadScored | typeof leadAssigned | typeof leadConverted>;
export type PointsFact = FactOf<typeof pointsPublished>;
