import { accountId, instant, leadId, opportunityId, processId, repId, sourceId, submissionId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type EnvelopeOf, type FactOf } from './define-event.ts';
import { account } from './account.ts';

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
  /** what this company wants to know beside that, by the names that its mappings give */
  custom: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), z.string().max(2000)).optional(),
});
/** The fields that every company has. */
export const personField = personFields.omit({ custom: true }).keyof();
export type PersonField = z.infer<typeof personField>;
export type PersonFields = z.infer<typeof personFields>;

/** How a form delivers; `generic-hmac` is any sender that signs, as the source's `signature` says. */
export const providerName = z.enum([
  'standard-webhooks', 'html-form', 'generic-hmac', 'typeform', 'tally', 'webflow', 'calendly', 'jotform', 'hubspot', 'google-ads', 'meta',
  'linkedin', 'gravity-forms', 'contact-form-7', 'wpforms', 'framer', 'formstack',
]); // prettier-ignore
export type ProviderName = z.infer<typeof providerName>;

/** Where a value of a form goes: a lead field, or `custom.` and a name of the company's own. */
export const mappingTarget = z.union([personField, z.templateLiteral(['custom.', z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)])]);
export type MappingTarget = z.infer<typeof mappingTarget>;

/** Path in the payload (dots between the steps) -> lead field. */
export const fieldMapping = z.record(z.string().min(1).max(200), mappingTarget);

const isTemplate = (text: string): boolean =>
  text.split('{body}').length === 2 && !/[{}]/.test(text.replace(/\{(body|timestamp|id|method|url)\}/g, ''));

/** How a sender without a scheme of its own signs: an HMAC over a text made from the delivery. */
export const hmacScheme = z.strictObject({
  algorithm: z.enum(['sha1', 'sha256', 'sha512']),
  encoding: z.enum(['hex', 'base64']),
  /** the header that carries the signature */
  header: z.string().regex(/^[A-Za-z0-9-]{1,80}$/),
  /** what stands before the signature in the header, such as `sha256=` */
  prefix: z.string().max(40).default(''),
  /** what is signed: `{body}` once, and around it `{timestamp}`, `{id}`, `{method}`, `{url}` and any other text */
  signed: z
    .string()
    .max(200)
    .refine(isTemplate, 'needs {body} once, and knows {timestamp}, {id}, {method} and {url} beside it')
    .default('{body}'),
  timestamp: z
    .strictObject({
      header: z.string().regex(/^[A-Za-z0-9-]{1,80}$/),
      unit: z.enum(['seconds', 'milliseconds']),
      toleranceSeconds: z.int().min(1).max(900).default(300),
    })
    .nullable()
    .default(null),
  /** the header that names the delivery; null: its content does, for 24 hours */
  idHeader: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,80}$/)
    .nullable()
    .default(null),
});
export type HmacScheme = z.output<typeof hmacScheme>;

export const pointsRule = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  field: personField,
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

/** A purpose that a form asks consent for, and the version of the text that people read there. */
export const consentQuestion = z.strictObject({
  purpose: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  textVersion: z.string().min(1).max(60),
  /** path of the answer in the payload; ticked, `yes`, `true`, `on` or `1` is a consent, anything else is none */
  path: z.string().min(1).max(200),
  /** the person has to confirm by a link in a mail before it counts */
  doubleOptIn: z.boolean(),
});
export type ConsentQuestion = z.infer<typeof consentQuestion>;

/** Everything about a source that may change after it was registered; a whole document with a version. */
export const sourceSettings = z.strictObject({
  name: z.string().min(1).max(120),
  mapping: fieldMapping,
  redirects: z.array(z.url({ protocol: /^https?$/ })).max(10),
  honeypot: z.string().min(1).max(60).nullable(),
  /** how a sender of the provider `generic-hmac` signs */
  signature: hmacScheme.nullable(),
  /** a form that is sent sooner after it was opened was filled by a robot; null: not asked */
  minimumSeconds: z.int().min(1).max(600).nullable(),
  /** whether the token of Cloudflare Turnstile in the form is verified, after the submission was stored */
  captcha: z.boolean(),
  /** more submissions within a minute go into quarantine; null: no limit */
  limits: z.strictObject({ source: z.int().min(1).max(10_000).nullable(), network: z.int().min(1).max(10_000).nullable() }),
  consents: z.array(consentQuestion).max(10),
  /** ISO 3166 code of the country whose numbers people type without a prefix; null: such numbers are kept as typed */
  country: z.string().regex(/^[A-Z]{2}$/).nullable(),
}); // prettier-ignore
export type SourceSettings = z.output<typeof sourceSettings>;

export const sourceConfigured = defineEvent({
  name: 'SourceConfigured',
  owner,
  version: 1,
  meaning: 'How deliveries of a source are read from now on: a new version of its settings.',
  data: z.object({ sourceId, settingsVersion: z.int().positive(), settings: sourceSettings }),
});

export const sourceSecretIssued = defineEvent({
  name: 'SourceSecretIssued',
  owner,
  version: 1,
  meaning: 'A source got a new signing secret; the one before stays valid until `previousValidUntil`.',
  data: z.object({ sourceId, number: z.int().positive(), previousValidUntil: instant.nullable() }),
});

/** Where a submission stands; `referred`: its content has to be fetched. */
export const submissionStatus = z.enum(['stored', 'referred', 'created', 'attached', 'quarantined', 'rejected']);
export type SubmissionStatus = z.infer<typeof submissionStatus>;

/** Where a lead stands. */
export const leadStatus = z.enum(['new', 'working', 'converted', 'merged', 'erased']);

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

/** What a touchpoint said, and the keys (HMACs) by which its person is found from then on. */
const personSaid = z.object({ fields: personFields, keys: z.array(z.object({ kind: z.string(), value: z.string() })).optional() });

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
  confidential: personSaid,
});

export const leadAmended = defineEvent({
  name: 'LeadAmended',
  owner,
  version: 1,
  meaning: 'A touchpoint filled fields that were empty, or an import brought other values (`submissionId` is null then).',
  data: z.object({ leadId, submissionId: submissionId.nullable(), filled: z.array(z.string()) }),
  confidential: personSaid,
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
    reason: z.enum(['fair-choice', 'manual', 'import', 'merge']),
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
  meaning: 'Two leads were one person: this one stays and knows what the absorbed one knew.',
  data: z.object({ leadId, absorbed: leadId, reason: z.enum(['same-person-proven', 'by-hand']) }),
  confidential: z.object({ known: z.unknown() }),
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

export const submissionReferred = defineEvent({
  name: 'SubmissionReferred',
  owner,
  version: 1,
  meaning: 'The sender gave a reference only; the content has to be fetched.',
  data: z.object({ submissionId, sourceId, provider: providerName }),
});

export const submissionFetched = defineEvent({
  name: 'SubmissionFetched',
  owner,
  version: 1,
  meaning: 'The content that a reference stood for is there and can be read.',
  data: z.object({ submissionId, sourceId }),
});

/** Which of several values of a field counts: the first, the last, or the longest. */
export const survivorshipRule = z.enum(['first', 'last', 'most-complete']);
export const survivorshipRules = z.strictObject({
  email: survivorshipRule, name: survivorshipRule, phone: survivorshipRule, company: survivorshipRule, country: survivorshipRule,
  employees: survivorshipRule, message: survivorshipRule, custom: survivorshipRule,
}); // prettier-ignore
export type SurvivorshipRules = z.infer<typeof survivorshipRules>;

export const survivorshipPublished = defineEvent({
  name: 'SurvivorshipPublished',
  owner,
  version: 1,
  meaning: 'Which of several values of a field counts, from now on and for all leads.',
  data: z.object({ version: z.int().positive(), rules: survivorshipRules }),
});

export const retentionPublished = defineEvent({
  name: 'RetentionPublished',
  owner,
  version: 1,
  meaning: 'How many days after its last touchpoint a lead of each status is erased; null: never.',
  data: z.object({ version: z.int().positive(), days: z.record(z.string(), z.int().positive().nullable()) }),
});

export const pointsPublished = defineEvent({
  name: 'PointsPublished',
  owner,
  version: 1,
  meaning: 'A new version of the table of points holds for leads from now on.',
  data: z.object({ version: z.int().positive(), rules: z.array(pointsRule).max(200) }),
});

export const leadsEvents = [
  sourceRegistered, sourceConfigured, sourceSecretIssued, submissionStored, submissionQuarantined, submissionRejected,
  submissionReleased, submissionReferred, submissionFetched, submissionCreatedLead, leadTouched, leadCaptured, leadAmended, leadScored,
  leadAssigned, leadConverted, leadMerged, leadAbsorbed, leadMergeUndone, leadRestored, leadErased, consentRequested, consentGiven,
  consentWithdrawn, pointsPublished, survivorshipPublished, retentionPublished,
] as const; // prettier-ignore
export type LeadsEnvelope = EnvelopeOf<(typeof leadsEvents)[number]>;

export const sourceEvents = [sourceRegistered, sourceConfigured, sourceSecretIssued] as const;
export type SourceFact = FactOf<(typeof sourceEvents)[number]>;

export const submissionEvents = [
  submissionStored, submissionQuarantined, submissionRejected, submissionReleased, submissionReferred, submissionFetched,
  submissionCreatedLead, leadTouched,
] as const; // prettier-ignore
export type SubmissionFact = FactOf<(typeof submissionEvents)[number]>;

export const leadEvents = [
  leadCaptured, leadAmended, leadScored, leadAssigned, leadConverted, leadMerged, leadAbsorbed, leadMergeUndone, leadRestored, leadErased,
  consentRequested, consentGiven, consentWithdrawn,
] as const; // prettier-ignore
export type LeadFact = FactOf<(typeof leadEvents)[number]>;

export type PointsFact = FactOf<typeof pointsPublished>;
export type SurvivorshipFact = FactOf<typeof survivorshipPublished>;
export type RetentionFact = FactOf<typeof retentionPublished>;
