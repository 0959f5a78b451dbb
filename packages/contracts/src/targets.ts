import { fiscalYearOf, monthsOf, type Day, type FiscalCalendar, type Period } from '@meilenstein/kernel';
import type * as z from 'zod';
import type { targetsSet } from './quota-events.ts';

type Version = Pick<z.infer<typeof targetsSet.data>, 'effectiveFrom' | 'planVersion' | 'fiscalYear' | 'months'>;

/** The months that a period of a month, quarter or year consists of. */
export const monthsIn = (calendar: FiscalCalendar, period: Period): readonly Period[] =>
  monthsOf(calendar, fiscalYearOf(calendar, period.from)).filter((month) => period.from <= month.from && month.until <= period.until);

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
export const targetOf = (versions: readonly Version[], calendar: FiscalCalendar, period: Period): number | null => {
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
