import { fiscalYearOf, monthsOf, type Day, type FiscalCalendar, type Period } from '@meilenstein/kernel';
import type * as z from 'zod';
import type { targetsSet } from './events.ts';

/** The monthly targets of a node in a version of a plan, for a fiscal year. */
export type TargetVersion = Pick<
  z.infer<typeof targetsSet.data>,
  'planId' | 'planVersion' | 'fiscalYear' | 'effectiveFrom' | 'months' | 'withdrawn'
>;

/** The months of a period, which is a month, quarter or year. */
export const monthsIn = (calendar: FiscalCalendar, period: Period): readonly Period[] =>
  monthsOf(calendar, fiscalYearOf(calendar, period.from)).filter((month) => period.from <= month.from && month.until <= period.until);

const newer = (a: TargetVersion, b: TargetVersion): number =>
  a.effectiveFrom === b.effectiveFrom ? a.planVersion - b.planVersion : a.effectiveFrom < b.effectiveFrom ? -1 : 1;

/** The newest version in force on a day, or the first one where none is in force yet. */
const inForce = (versions: readonly TargetVersion[], from: Day): TargetVersion | undefined => {
  const sorted = versions.toSorted(newer);
  return sorted.findLast((version) => version.effectiveFrom <= from) ?? sorted[0];
};

/** The last event for each version of each plan; a request that was cut off may have emitted others before. */
const lastPerVersion = (versions: readonly TargetVersion[]): readonly TargetVersion[] => [
  ...new Map(versions.map((version) => [`${version.planId} ${version.planVersion}`, version])).values(),
];

/** The version in force among those of all plans; a plan that has withdrawn the node counts last, because a node may move to another plan. */
const inForceOfPlans = (versions: readonly TargetVersion[], from: Day): TargetVersion | undefined => {
  const candidates = [...Map.groupBy(versions, (version) => version.planId).values()].flatMap((ofPlan) => inForce(ofPlan, from) ?? []);
  return (
    inForce(
      candidates.filter((version) => version.withdrawn !== true),
      from,
    ) ?? candidates[0]
  );
};

/**
 * A node's target for a period in minor units, which may be 0. `events` are the node's versions in all plans, those of one plan in order. Each
 * month takes the version in force when the month began, so that a new version leaves earlier months unchanged. Null where no plan covers
 * every month, or all months are withdrawn.
 */
export const targetOf = (events: readonly TargetVersion[], calendar: FiscalCalendar, period: Period): number | null => {
  const versions = lastPerVersion(events);
  let sum: number | null = null;
  for (const month of monthsIn(calendar, period)) {
    const fiscalYear = fiscalYearOf(calendar, month.from);
    const index = monthsOf(calendar, fiscalYear).findIndex(({ label }) => label === month.label);
    const version = inForceOfPlans(
      versions.filter((candidate) => candidate.fiscalYear === fiscalYear),
      month.from,
    );
    const target = version?.months[index];
    if (version === undefined || target === undefined) return null;
    if (version.withdrawn !== true) sum = (sum ?? 0) + target;
  }
  return sum;
};
