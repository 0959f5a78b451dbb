import {
  leadTouched,
  submissionCreatedLead,
  submissionQuarantined,
  submissionRejected,
  submissionReleased,
  submissionStatus,
  submissionStored,
  type Happened,
  type SubmissionFact,
} from '@meilenstein/contracts';
import { decided, instant, leadId, refused, sourceId, submissionId, type Decision, type LeadId, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';

/** What came in through a door, stored before anything else, and what became of it. */
export const submission = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({
    status: submissionStatus,
    submissionId,
    sourceId,
    storedAt: instant,
    /** why it was quarantined or rejected */
    reason: z.string().nullable(),
    leadId: leadId.nullable(),
  }),
]);
export type Submission = z.infer<typeof submission>;
export type KeptSubmission = Exclude<Submission, { status: 'none' }>;
type Ids = Pick<KeptSubmission, 'submissionId' | 'sourceId'>;

export const noSubmission: Submission = { status: 'none' };

export const evolveSubmission = (before: Submission, fact: Happened<SubmissionFact>): Submission => {
  if (fact.name === 'SubmissionStored') return { status: 'stored', ...fact.data, storedAt: fact.occurredAt, reason: null, leadId: null };
  if (before.status === 'none') return before;
  switch (fact.name) {
    case 'SubmissionQuarantined':
      return { ...before, status: 'quarantined', reason: fact.data.reason };
    case 'SubmissionRejected':
      return { ...before, status: 'rejected', reason: fact.data.reason };
    case 'SubmissionReleased':
      return { ...before, status: 'stored', reason: null };
    case 'SubmissionCreatedLead':
      return { ...before, status: 'created', leadId: fact.data.leadId };
    case 'LeadTouched':
      return { ...before, status: 'attached', leadId: fact.data.leadId };
  }
};

type Said = Decision<SubmissionFact, never>;

/** The same delivery again changes nothing. */
export const storeSubmission = (before: Submission, ids: Ids): Said =>
  before.status === 'none' ? decided(submissionStored.of({ submissionId: ids.submissionId, sourceId: ids.sourceId })) : decided();

/** Only what waits can be settled, so each of these may be said twice. */
const ofWaiting =
  (say: (ids: Ids) => SubmissionFact) =>
  (before: Submission): Said =>
    before.status === 'stored' ? decided(say({ submissionId: before.submissionId, sourceId: before.sourceId })) : decided();

export const quarantineSubmission = (reason: string) => ofWaiting((ids) => submissionQuarantined.of({ ...ids, reason }));

export const rejectSubmission = (reason: string) => ofWaiting((ids) => submissionRejected.of({ ...ids, reason }));

/** A submission of a new person made the lead; one of a known person is a touchpoint of it. */
export const creditSubmission = (to: LeadId, created: boolean) =>
  ofWaiting((ids) => (created ? submissionCreatedLead : leadTouched).of({ ...ids, leadId: to }));

export type ReleaseRefusal = Refusal<'submission-is-unknown' | 'submission-is-not-in-quarantine'>;

/** After the source was corrected, a quarantined submission is read again. */
export const releaseSubmission = (before: Submission): Decision<SubmissionFact, ReleaseRefusal> => {
  if (before.status === 'none') return refused('submission-is-unknown', 'submissionId: no submission has this id');
  if (before.status !== 'quarantined')
    return refused('submission-is-not-in-quarantine', `submissionId: it is ${before.status}; only a quarantined one can be released`, {
      field: 'submissionId',
      value: before.submissionId,
    });
  return decided(submissionReleased.of({ submissionId: before.submissionId, sourceId: before.sourceId }));
};
