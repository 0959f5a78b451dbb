import type { Me } from '../company/me.ts';

type Calendar = Me['calendar'];
type Period = Calendar['quarters'][number];

/** A line of the year: the year itself, a quarter, or a month of a quarter that is unfolded. */
export type PeriodRow = {
  readonly period: Period;
  readonly depth: 0 | 1 | 2;
  /** undefined where there is nothing to unfold */
  readonly isOpen: boolean | undefined;
  readonly isCurrent: boolean;
  /** has not begun: nothing can be achieved yet */
  readonly isAhead: boolean;
};

/** The months that lie within a quarter. */
const monthsIn = ({ months }: Calendar, quarter: Period): readonly Period[] =>
  months.filter(({ from, until }) => quarter.from <= from && until <= quarter.until);

/** The fiscal year as lines, in order; only the quarters that are open show their months. */
export const periodRows = (calendar: Calendar, today: string, open: readonly string[]): readonly PeriodRow[] => {
  const line = (period: Period, depth: 0 | 1 | 2, isOpen?: boolean): PeriodRow => ({
    period,
    depth,
    isOpen,
    isCurrent: period.from <= today && today < period.until,
    isAhead: today < period.from,
  });
  return [
    line(calendar.current.year, 0),
    ...calendar.quarters.flatMap((quarter) => {
      const isOpen = open.includes(quarter.label);
      return [line(quarter, 1, isOpen), ...(isOpen ? monthsIn(calendar, quarter).map((month) => line(month, 2)) : [])];
    }),
  ];
};
