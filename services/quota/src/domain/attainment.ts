import { quartersOf, type Day, type FiscalCalendar, type Period, monthsOf, fiscalYearOf } from '@meilenstein/kernel';
import type { Targets } from './plan.ts';

/** The months that a period of a month, quarter or year consists of. */
export const monthsIn = (calendar: FiscalCalendar, period: Period): readonly Period[] =>
  monthsOf(calendar, fiscalYearOf(calendar, period.from)).filter((month) => period.from <= month.from && month.until <= period.until);

export const quarterLabels = (calendar: FiscalCalendar, fiscalYear: number): readonly string[] =>
  quartersOf(calendar, fiscalYear).map((quarter) => quarter.label);

type Version = Targets['versions'][number];

const newer = (a: Version, b: Version): number =>
  a.effectiveFrom === b.effectiveFrom ? a.planVersion - b.planVersion : a.effectiveFrom < b.effectiveFrom ? -1 : 1;

/** The version in force in a month: the newest that was effective when it began; before any was, the first. */
const inForce = (versions: readonly Version[], from: Day): Version | undefined => {
  const sorted = versions.toSorted(newer);
  return sorted.findLast((version) => version.effectiveFrom <= from) ?? sorted[0];
};

/**
 * A node's target of a period in minor units: each month from the version that was in force in it, so that a new plan leaves earlier
 * months alone. Null where no plan covers every month, or all of them are 0.
 */
export const targetOf = (all: readonly Targets[], calendar: FiscalCalendar, period: Period): number | null => {
  const versions = all.flatMap((targets) => targets.versions);
  let sum = 0;
  for (const month of monthsIn(calendar, period)) {
    const fiscalYear = fiscalYearOf(calendar, month.from);
    const index = monthsOf(calendar, fiscalYear).findIndex((one) => one.label === month.label);
    const target = inForce(versions.filter((version) => version.fiscalYear === fiscalYear), month.from)?.months[index]; // prettier-ignore
    if (target === undefined) return null;
    sum += target;
  }
  return sum === 0 ? null : sum;
};

/** Achieved ÷ target; null where there is no target. */
export const ratioOf = (achieved: number, target: number | null) =>
  target === null || target === 0 ? null : { numerator: achieved, denominator: target, ratio: achieved / target };

export const monthLabels = (calendar: FiscalCalendar, fiscalYear: number): readonly string[] =>
  monthsOf(calendar, fiscalYear).map((month) => month.label);
