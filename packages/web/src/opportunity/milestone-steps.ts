import { daysBetween } from '../format/days.ts';

type Reached = { readonly milestoneId: string; readonly occurredAt: string };

/** A station of the road. */
export type Step<M, R> = {
  readonly milestone: M;
  readonly reached: R | undefined;
  /** since the reached station before, or since the opening; undefined where it is not reached */
  readonly days: number | undefined;
  readonly isNext: boolean;
};

/** The stations of a process, each with when it was reached and how long the customer took. */
export const stepsOf = <M extends { readonly id: string }, R extends Reached>(
  milestones: readonly M[],
  {
    reached,
    openedAt,
    nextMilestoneId,
    zone,
  }: { readonly reached: readonly R[]; readonly openedAt: string; readonly nextMilestoneId: string | null; readonly zone: string },
): readonly Step<M, R>[] => {
  const byTime = reached.toSorted((left, right) => (left.occurredAt < right.occurredAt ? -1 : 1));
  return milestones.map((milestone) => {
    const own = reached.find(({ milestoneId }) => milestoneId === milestone.id);
    const before = own === undefined ? undefined : byTime[byTime.indexOf(own) - 1];
    return {
      milestone,
      reached: own,
      days: own === undefined ? undefined : Math.max(0, daysBetween(before?.occurredAt ?? openedAt, own.occurredAt, zone)),
      isNext: milestone.id === nextMilestoneId,
    };
  });
};
