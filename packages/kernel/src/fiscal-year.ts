import { startMonthOf, type FiscalCalendar } from './fiscal-calendar.ts';
import { Temporal, type Day } from './instant.ts';

type CalendarOfWeeks = Extract<FiscalCalendar, { kind: 'weeks' }>;

/** The day after the last one of the fiscal year that ends with, or near the end of, a calendar month. */
const dayAfterYearEnd = ({ endMonth, endWeekday, yearEnd }: CalendarOfWeeks, calendarYear: number): Temporal.PlainDate => {
  const monthEnd = new Temporal.PlainDate(calendarYear, endMonth, 1).add({ months: 1 }).subtract({ days: 1 });
  const back = (monthEnd.dayOfWeek - endWeekday + 7) % 7;
  return monthEnd.add({ days: yearEnd === 'nearest' && back > 3 ? 8 - back : 1 - back });
};

/** The first day of a fiscal year; `fiscalYear` is the calendar year of its start month. */
export const startOfFiscalYear = (calendar: FiscalCalendar, fiscalYear: number): Temporal.PlainDate => {
  switch (calendar.kind) {
    case 'months':
      return new Temporal.PlainDate(fiscalYear, calendar.startMonth, 1);
    case 'weeks':
      return dayAfterYearEnd(calendar, calendar.endMonth === 12 ? fiscalYear - 1 : fiscalYear);
  }
};

const weeksOfMonths = { '4-4-5': [4, 4, 5], '4-5-4': [4, 5, 4], '5-4-4': [5, 4, 4] } as const;

/** The time from the beginning of a fiscal year to that of a month, by the month's index. */
const timeBeforeMonth = (calendar: FiscalCalendar, index: number): { readonly months: number } | { readonly weeks: number } => {
  switch (calendar.kind) {
    case 'months':
      return { months: index };
    case 'weeks': {
      const inQuarter = weeksOfMonths[calendar.pattern].slice(0, index % 3).reduce<number>((sum, weeks) => sum + weeks, 0);
      return { weeks: Math.floor(index / 3) * 13 + inQuarter };
    }
  }
};

/** The thirteen boundaries of the twelve months of a fiscal year: each month's first day, and that of the next year. */
export const monthBoundaries = (calendar: FiscalCalendar, fiscalYear: number): readonly Temporal.PlainDate[] => {
  const start = startOfFiscalYear(calendar, fiscalYear);
  const months = Array.from({ length: 12 }, (_, index) => start.add(timeBeforeMonth(calendar, index)));
  return [...months, startOfFiscalYear(calendar, fiscalYear + 1)];
};

/**
 * A function of a calendar that computes each answer once: a plan asks for the same months and years thousands of times. What it returns
 * is shared, so nobody may change it.
 */
export const rememberedPerCalendar = <Asked, Answer extends number | object>(
  compute: (calendar: FiscalCalendar, asked: Asked) => Answer,
): ((calendar: FiscalCalendar, asked: Asked) => Answer) => {
  const known = new WeakMap<FiscalCalendar, Map<Asked, Answer>>();
  return (calendar, asked) => {
    const ofCalendar = known.get(calendar) ?? new Map<Asked, Answer>();
    known.set(calendar, ofCalendar);
    const answer = ofCalendar.get(asked) ?? compute(calendar, asked);
    ofCalendar.set(asked, answer);
    return answer;
  };
};

/** The fiscal year of a day: the calendar year of its start month. */
export const fiscalYearOf = rememberedPerCalendar((calendar, on: Day): number => {
  const date = Temporal.PlainDate.from(on);
  // A year of weeks may begin a few days before the calendar year of its start month.
  for (let fiscalYear = date.year + 1; ; fiscalYear -= 1)
    if (Temporal.PlainDate.compare(startOfFiscalYear(calendar, fiscalYear), date) <= 0) return fiscalYear;
});

/** `FY2026`, or `FY2026/27` for a fiscal year that does not start with January. */
export const fiscalYearLabel = (calendar: FiscalCalendar, fiscalYear: number): string =>
  startMonthOf(calendar) === 1 ? `FY${fiscalYear}` : `FY${fiscalYear}/${String((fiscalYear + 1) % 100).padStart(2, '0')}`;
