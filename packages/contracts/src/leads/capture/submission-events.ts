import { leadId, sourceId, submissionId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type FactOf } from '../../define-event.ts';
import { providerName } from './source-settings.ts';

const owner = 'leads';

/** The status of a submission; `referred`: its content has to be fetched. */
export const submissionStatus = z.enum(['stored', 'referred', 'created', 'attached', 'quarantined', 'rejected']);

export const submissionStored = defineEvent({
  name: 'SubmissionStored',
  owner,
  version: 1,
  meaning: 'A submission was received and stored durably. The event carries ids only.',
  data: z.object({ submissionId, sourceId }),
});

export const submissionQuarantined = defineEvent({
  name: 'SubmissionQuarantined',
  owner,
  version: 1,
  meaning: 'A submission could not be read or trusted. It is kept and can be released.',
  data: z.object({ submissionId, sourceId, reason: z.string().min(1).max(120) }),
});

export const submissionRejected = defineEvent({
  name: 'SubmissionRejected',
  owner,
  version: 1,
  meaning: 'A submission is not a lead: its sender says so, or a user purged it. It is counted.',
  data: z.object({ submissionId, sourceId, reason: z.string().min(1).max(120) }),
});

export const submissionReleased = defineEvent({
  name: 'SubmissionReleased',
  owner,
  version: 1,
  meaning: 'A user released a submission from quarantine; it is read again.',
  data: z.object({ submissionId, sourceId }),
});

export const submissionCreatedLead = defineEvent({
  name: 'SubmissionCreatedLead',
  owner,
  version: 1,
  meaning: 'A submission was read and created a new lead.',
  data: z.object({ submissionId, sourceId, leadId }),
});

export const leadTouched = defineEvent({
  name: 'LeadTouched',
  owner,
  version: 1,
  meaning: 'A person who already is a lead sent a further submission: a touchpoint. The subject of the event is the submission.',
  data: z.object({ submissionId, sourceId, leadId }),
});

export const submissionReferred = defineEvent({
  name: 'SubmissionReferred',
  owner,
  version: 1,
  meaning: 'The sender delivered only a reference; the content must be fetched.',
  data: z.object({ submissionId, sourceId, provider: providerName }),
});

export const submissionFetched = defineEvent({
  name: 'SubmissionFetched',
  owner,
  version: 1,
  meaning: 'The content behind a reference was fetched and can be read.',
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
