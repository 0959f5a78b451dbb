import type { Instant } from '@meilenstein/kernel';

/** A response deadline, the earliest answer of a rep, and the end of the lead: what decides whether the lead is overdue. */
export type ResponseTimes = {
  /** null: no deadline runs */
  readonly dueAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant | null;
};

/** Whether a rep answered before the deadline. An answer at the deadline itself is too late. */
export const isAnsweredInTime = ({ dueAt, answeredAt }: Pick<ResponseTimes, 'dueAt' | 'answeredAt'>): boolean =>
  dueAt !== null && answeredAt !== null && answeredAt < dueAt;

/** Whether an answer was due at the deadline: not if the lead was closed before it and nobody ever answered. */
export const isAnswerDue = ({ dueAt, answeredAt, endedAt }: ResponseTimes): boolean =>
  dueAt !== null && (answeredAt !== null || endedAt === null || endedAt >= dueAt);

/**
 * Whether a lead is overdue at an instant: its response deadline has passed, and nobody answered before it. At the deadline itself it is
 * overdue. This is the only rule about it: escalations, explanations, reports and KPIs all ask it.
 */
export const isOverdue = (times: ResponseTimes, at: Instant): boolean =>
  times.dueAt !== null && times.dueAt <= at && isAnswerDue(times) && !isAnsweredInTime(times);
