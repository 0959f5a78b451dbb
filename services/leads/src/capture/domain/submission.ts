import {
  leadTouched,
  submissionCreatedLead,
  submissionFetched,
  submissionQuarantined,
  submissionReferred,
  submissionRejected,
  submissionReleased,
  submissionStatus,
  submissionStored,
  type Happened,
  type ProviderName,
  type SubmissionFact,
} from '@meilenstein/contracts';
import { decided, instant, leadId, refused, sourceId, submissionId, type Decision, type LeadId, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';

/** A submission, stored before anything else is done with it, and what became of it. */
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
    /** a user released it from quarantine, so limits and captcha are not checked again */
    released: z.boolean(),
    /** the sender delivered a reference, and the content behind it was fetched */
    fetched: z.boolean(),
  }),
]);
export type Submission = z.infer<typeof submission>;
export type KeptSubmission = Exclude<Submission, { status: 'none' }>;
type Ids = Pick<KeptSubmission, 'submissionId' | 'sourceId'>;

export const noSubmission: Submission = { status: 'none' };

export const evolveSubmission = (before: Submission, fact: Happened<SubmissionFact>): Submission => {
  if (fact.name === 'SubmissionStored')
    return { status: 'stored', ...fact.data, storedAt: fact.occurredAt, reason: null, leadId: null, released: false, fetched: false };
  if (before.status === 'none') return before;
  switch (fact.name) {
    case 'SubmissionQuarantined':
      return { ...before, status: 'quarantined', reason: fact.data.reason };
    case 'SubmissionRejected':
      return { ...before, status: 'rejected', reason: fact.data.reason };
    case 'SubmissionReleased':
      return { ...before, status: 'stored', reason: null, released: true };
    case 'SubmissionReferred':
      return { ...before, status: 'referred' };
    case 'SubmissionFetched':
      return { ...before, status: 'stored', fetched: true };
    case 'SubmissionCreatedLead':
      return { ...before, status: 'created', leadId: fact.data.leadId };
    case 'LeadTouched':
      return { ...before, status: 'attached', leadId: fact.data.leadId };
  }
};

type SubmissionDecision = Decision<SubmissionFact, never>;

/** The first fact about a submission. */
export const storeSubmission = ({ submissionId: id, sourceId: source }: Ids): SubmissionFact =>
  submissionStored.of({ submissionId: id, sourceId: source });

/** Decides a fact only in some statuses, so repeating the command changes nothing. */
const whileIn =
  (statuses: readonly KeptSubmission['status'][], toFact: (ids: Ids) => SubmissionFact) =>
  (before: Submission): SubmissionDecision =>
    before.status !== 'none' && statuses.includes(before.status)
      ? decided(toFact({ submissionId: before.submissionId, sourceId: before.sourceId }))
      : decided();

const waiting = ['stored', 'referred'] as const;

export const quarantineSubmission = (reason: string) => whileIn(waiting, (ids) => submissionQuarantined.of({ ...ids, reason }));

export const rejectSubmission = (reason: string) => whileIn(waiting, (ids) => submissionRejected.of({ ...ids, reason }));

/** Links a submission to the lead that it created, or to the existing lead of which it is a touchpoint. */
export const linkSubmission = (to: LeadId, created: boolean) =>
  whileIn(['stored'], (ids) => (created ? submissionCreatedLead : leadTouched).of({ ...ids, leadId: to }));

export const referSubmission = (provider: ProviderName) => whileIn(['stored'], (ids) => submissionReferred.of({ ...ids, provider }));

export const markFetched = whileIn(['referred'], (ids) => submissionFetched.of(ids));

export type QuarantineRefusal = Refusal<'submission-not-found' | 'submission-not-quarantined'>;

const inQuarantine =
  (toFact: (ids: Ids) => SubmissionFact) =>
  (before: Submission): Decision<SubmissionFact, QuarantineRefusal> => {
    if (before.status === 'none') return refused('submission-not-found', 'submissionId: no submission has this id');
    if (before.status === 'quarantined') return decided(toFact({ submissionId: before.submissionId, sourceId: before.sourceId }));
    return refused(
      'submission-not-quarantined',
      `submissionId: it is ${before.status}; only a quarantined submission can be released or purged`,
      {
        field: 'submissionId',
        value: before.submissionId,
      },
    );
  };

/** Releases a quarantined submission, which is then read again; usually after its source was corrected. */
export const releaseSubmission = inQuarantine((ids) => submissionReleased.of(ids));

/** Purges a quarantined submission that is no lead: it counts as rejected, and its content is deleted. */
export const purgeSubmission = inQuarantine((ids) => submissionRejected.of({ ...ids, reason: 'purged' }));
