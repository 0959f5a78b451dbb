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

/** What came in through a consumer, stored before anything else, and what became of it. */
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
    /** a person trusts it, so that limits and captcha are not asked again */
    released: z.boolean(),
    /** the sender gave a reference, and what it stands for was fetched */
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

/** The first thing that is said of a submission. */
export const storeSubmission = ({ submissionId: id, sourceId: source }: Ids): SubmissionFact =>
  submissionStored.of({ submissionId: id, sourceId: source });

/** Only what waits can be settled, so each of these may be said twice. */
const of =
  (statuses: readonly KeptSubmission['status'][], toFact: (ids: Ids) => SubmissionFact) =>
  (before: Submission): SubmissionDecision =>
    before.status !== 'none' && statuses.includes(before.status)
      ? decided(toFact({ submissionId: before.submissionId, sourceId: before.sourceId }))
      : decided();

const waiting = ['stored', 'referred'] as const;

export const quarantineSubmission = (reason: string) => of(waiting, (ids) => submissionQuarantined.of({ ...ids, reason }));

export const rejectSubmission = (reason: string) => of(waiting, (ids) => submissionRejected.of({ ...ids, reason }));

/** A submission of a new person made the lead; one of a known person is a touchpoint of it. */
export const linkSubmission = (to: LeadId, created: boolean) =>
  of(['stored'], (ids) => (created ? submissionCreatedLead : leadTouched).of({ ...ids, leadId: to }));

export const referSubmission = (provider: ProviderName) => of(['stored'], (ids) => submissionReferred.of({ ...ids, provider }));

export const markFetched = of(['referred'], (ids) => submissionFetched.of(ids));

export type QuarantineRefusal = Refusal<'submission-not-found' | 'submission-not-quarantined'>;

const inQuarantine =
  (toFact: (ids: Ids) => SubmissionFact) =>
  (before: Submission): Decision<SubmissionFact, QuarantineRefusal> => {
    if (before.status === 'none') return refused('submission-not-found', 'submissionId: no submission has this id');
    if (before.status === 'quarantined') return decided(toFact({ submissionId: before.submissionId, sourceId: before.sourceId }));
    return refused(
      'submission-not-quarantined',
      `submissionId: it is ${before.status}; only what is in quarantine can be released or purged`,
      {
        field: 'submissionId',
        value: before.submissionId,
      },
    );
  };

/** After the source was corrected, a quarantined submission is read again. */
export const releaseSubmission = inQuarantine((ids) => submissionReleased.of(ids));

/** Somebody looked and it is no lead: it is counted as rejected, and what it said is deleted. */
export const purgeSubmission = inQuarantine((ids) => submissionRejected.of({ ...ids, reason: 'purged' }));
