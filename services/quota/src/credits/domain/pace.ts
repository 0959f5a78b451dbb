import type { Membership } from '@meilenstein/contracts';
import { fromMoney, moneyText, type Currency, type Day, type Period } from '@meilenstein/kernel';

/** A month of a period: its target in minor units, and its working days. */
export type MonthOfPace = { readonly month: Period; readonly target: number; readonly workingDays: readonly Day[] };

export type Pace = {
  readonly workingDays: { readonly total: number; readonly elapsed: number; readonly left: number };
  readonly expected: number;
  readonly difference: number;
  readonly requiredPerDay: number | null;
  readonly projected: number | null;
};

/** amount · numerator / denominator, rounded half away from zero; exact for amounts of any size. */
const scaled = (amount: number, numerator: number, denominator: number): number => {
  const [product, by] = [BigInt(amount) * BigInt(numerator), BigInt(denominator)];
  const size = product < 0n ? -product : product;
  const rounded = (2n * size + by) / (2n * by);
  return Number(product < 0n ? -rounded : rounded);
};

/** A figure that an answer can hold: a projection from very little can be larger than any amount. */
const withinAmounts = (minor: number, currency: Currency): number | null =>
  Number.isSafeInteger(minor) && moneyText.safeParse(fromMoney({ minor, currency })).success ? minor : null;

/** The working days on which a rep is a member; all of them for a team and the company. */
export const daysWithin = (days: readonly Day[], memberships: readonly Membership[] | undefined): readonly Day[] =>
  memberships === undefined
    ? days
    : days.filter((on) => memberships.some(({ from, until }) => from <= on && (until === null || on < until)));

/** From fewer working days nothing is projected: one large order on the first day would promise twenty of them. */
const fewestDays = 5;

type Running = { readonly period: Period; readonly today: Day; readonly achieved: number; readonly currency: Currency };

/**
 * How far a target should be by the end of today, and how it goes on from there (docs/model/formulas.md 3.4). The target of each month is
 * spread over its working days. Null for a period that does not run today, and without a target.
 */
export const paceOf = (months: readonly MonthOfPace[], { period, today, achieved, currency }: Running): Pace | null => {
  const target = months.reduce((sum, one) => sum + one.target, 0);
  if (today < period.from || period.until <= today || target <= 0) return null;
  const elapsedOf = ({ workingDays }: MonthOfPace): number => workingDays.filter((on) => on <= today).length;
  const expected = months.reduce((sum, one) => {
    if (one.month.until <= today) return sum + one.target;
    return sum + (one.workingDays.length === 0 ? 0 : scaled(one.target, elapsedOf(one), one.workingDays.length));
  }, 0);
  const days = months.flatMap(({ workingDays }) => workingDays);
  const left = days.filter((on) => today <= on).length;
  const elapsed = days.filter((on) => on <= today).length;
  return {
    workingDays: { total: days.length, elapsed, left },
    expected,
    difference: achieved - expected,
    requiredPerDay: left === 0 ? null : scaled(Math.max(0, target - achieved), 1, left),
    projected: elapsed < fewestDays || expected === 0 ? null : withinAmounts(scaled(achieved, target, expected), currency),
  };
};
