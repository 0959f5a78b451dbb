import { leadId, sourceId, submissionId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type FactOf } from './define-event.ts';
import { providerName } from './source-settings.ts';

const owner = 'leads';

/** Where a submission stands; `referred`: its content has to be fetched. */
export const submissionStatus = z.enum(['stored', 'referred', 'created', 'attached', 'quarantined', 'rejected']);
export type SubmissionStatus = z.infer<typeof submissionStatus>;

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

export const submissionEvents = [
  submissionStored,
  submissionQuarantined,
  submissionRejected,
  submissionReleased,
  submissionReferred,
  submissionFetched,
  submissionCreatedLead,
  leadTouched,
] as const;
export type SubmissionFact = FactOf<(typeof submissionEvents)[number]>;
