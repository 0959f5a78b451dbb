import { fiscalYearOf, monthsOf, type Day, type FiscalCalendar, type Period } from '@meilenstein/kernel';
import type * as z from 'zod';
import type { targetsSet } from './events.ts';

/** What a version of a plan gives to a node in a fiscal year. */
export type TargetVersion = Pick<
  z.infer<typeof targetsSet.data>,
  'planId' | 'planVersion' | 'fiscalYear' | 'effectiveFrom' | 'months' | 'withdrawn'
>;

/** The months that a period of a month, quarter or year consists of. */
export const monthsIn = (calendar: FiscalCalendar, period: Period): readonly Period[] =>
  monthsOf(calendar, fiscalYearOf(calendar, period.from)).filter((month) => period.from <= month.from && month.until <= period.until);

const newer = (a: TargetVersion, b: TargetVersion): number =>
  a.effectiveFrom === b.effectiveFrom ? a.planVersion - b.planVersion : a.effectiveFrom < b.effectiveFrom ? -1 : 1;

/** The newest version that was effective on a day; before any was, the first. */
const inForce = (versions: readonly TargetVersion[], from: Day): TargetVersion | undefined => {
  const sorted = versions.toSorted(newer);
  return sorted.findLast((version) => version.effectiveFrom <= from) ?? sorted[0];
};

/** What was said last for each version of each plan: a version that was cut off before it was published may have said something else first. */
const lastOfEach = (versions: readonly TargetVersion[]): readonly TargetVersion[] => [
  ...new Map(versions.map((version) => [`${version.planId} ${version.planVersion}`, version])).values(),
];

/** Each plan's version in force counts first; then the plan that has not withdrawn the node, for a node may go from one to another. */
const ofAllPlans = (versions: readonly TargetVersion[], from: Day): TargetVersion | undefined => {
  const each = [...Map.groupBy(versions, (version) => version.planId).values()].flatMap((own) => inForce(own, from) ?? []);
  return (
    inForce(
      each.filter((version) => version.withdrawn !== true),
      from,
    ) ?? each[0]
  );
};

/**
 * A node's target of a period in minor units, 0 included, from all that its plans said of it, those of one plan in their order: each month from the version that was in force when it began, so that a new
 * plan leaves earlier months alone. Null where no plan covers every month, or all of them were withdrawn.
 */
export const targetOf = (said: readonly TargetVersion[], calendar: FiscalCalendar, period: Period): number | null => {
  const versions = lastOfEach(said);
  let sum: number | null = null;
  for (const month of monthsIn(calendar, period)) {
    const fiscalYear = fiscalYearOf(calendar, month.from);
    const index = monthsOf(calendar, fiscalYear).findIndex((one) => one.label === month.label);
    const version = ofAllPlans(
      versions.filter((one) => one.fiscalYear === fiscalYear),
      month.from,
    );
    const target = version?.months[index];
    if (version === undefined || target === undefined) return null;
    if (version.withdrawn !== true) sum = (sum ?? 0) + target;
  }
  return sum;
};
