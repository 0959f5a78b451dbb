import { monthsOf, quartersOf, type FiscalCalendar } from '@meilenstein/kernel';

export const quarterLabels = (calendar: FiscalCalendar, fiscalYear: number): readonly string[] =>
  quartersOf(calendar, fiscalYear).map((quarter) => quarter.label);

/** Achieved ÷ target; null where there is no target, or one of 0. */
export const ratioOf = (achieved: number, target: number | null) =>
  target === null || target === 0 ? null : { numerator: achieved, denominator: target, ratio: achieved / target };

export const monthLabels = (calendar: FiscalCalendar, fiscalYear: number): readonly string[] =>
  monthsOf(calendar, fiscalYear).map((month) => month.label);
