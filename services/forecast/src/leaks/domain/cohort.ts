import { acts, type Act, type MilestoneState } from '../../pipeline-view/domain/timeline.ts';

/** Left edges of the classes of days until a customer went on. Each class is about a fifth wider than the one before. */
const dwellEdges = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 21, 25, 30, 36, 43, 51, 61, 73, 87, 104, 125, 150, 180, 215, 260, 310, 370, 450, 540, 730,
] as const;

/** The class of a dwell of whole days, by its left edge. */
export const dwellClass = (days: number): number => dwellEdges.findLast((edge) => edge <= days) ?? 0;

const ends = new Map<number, number>(dwellEdges.map((edge, index) => [edge, dwellEdges[index + 1] ?? edge + 1]));

/** The first number of days beyond a class. */
const endOf = (edge: number): number => ends.get(edge) ?? edge + 1;

/** The opportunities that entered one milestone in one month, in one segment and team. Every larger cohort is a sum of these. */
export type MonthlyCohort = {
  readonly processId: string;
  readonly milestoneId: MilestoneState;
  readonly segment: string | null;
  readonly teamId: string;
  /** `2026-11`, by the time of recording, UTC */
  readonly month: string;
  readonly entries: number;
  /** those who went on, by the left edge of their dwell's class */
  readonly onward: ReadonlyMap<number, number>;
  /** those who went on, by the kind of evidence that showed it */
  readonly byAct: Readonly<Record<Act, number>>;
};

/** The sum of any number of monthly cohorts. */
export type Cohort = Pick<MonthlyCohort, 'entries' | 'onward' | 'byAct'>;

export const cohortOf = (cohorts: readonly Cohort[]): Cohort => {
  const onward = new Map<number, number>();
  const byAct = { did: 0, said: 0, wrote: 0 };
  let entries = 0;
  for (const cohort of cohorts) {
    entries += cohort.entries;
    for (const [edge, count] of cohort.onward) onward.set(edge, (onward.get(edge) ?? 0) + count);
    for (const act of acts) byAct[act] += cohort.byAct[act];
  }
  return { entries, onward, byAct };
};

/** The number that went on within `horizonDays`; exact if that is the end of a class. */
export const reachedWithin = ({ onward }: Cohort, horizonDays: number): number =>
  [...onward].reduce((sum, [edge, count]) => (endOf(edge) <= horizonDays ? sum + count : sum), 0);

/** The days within which a given share of those that ever went on had done so: the last day of the class that holds it. Undefined if none went on. */
export const dwellQuantile = ({ onward }: Cohort, share: number): number | undefined => {
  const all = [...onward.values()].reduce((sum, count) => sum + count, 0);
  if (all === 0) return undefined;
  let seen = 0;
  for (const [edge, count] of [...onward].toSorted(([a], [b]) => a - b)) {
    seen += count;
    if (seen >= share * all) return endOf(edge) - 1;
  }
  return undefined;
};

/** The horizon of a milestone: by then nine in ten of those that ever go on have done so. Undefined if none ever did. */
export const horizonOf = (cohort: Cohort): number | undefined => {
  const days = dwellQuantile(cohort, 0.9);
  return days === undefined ? undefined : days + 1;
};
