import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fiscalCalendar, type FiscalCalendar } from './fiscal-calendar.ts';
import {
  boundsOf,
  monthsOf,
  nextPeriod,
  periodNamed,
  periodOf,
  previousPeriod,
  quartersOf,
  type Period,
  type PeriodKind,
} from './fiscal-period.ts';
import { fiscalYearOf } from './fiscal-year.ts';
import { addDays, day, daysBetween, isoWeekday, timeZone } from './instant.ts';

type CalendarOfWeeks = Extract<FiscalCalendar, { kind: 'weeks' }>;

const today = day.parse('2026-11-24');
const fromMonth = (startMonth: number, weekStartsOn?: number): FiscalCalendar => ({
  kind: 'months',
  startMonth,
  ...(weekStartsOn === undefined ? {} : { weekStartsOn }),
});
/** Years of weeks that end on the Sunday nearest to the end of December, which makes their weeks ISO weeks. */
const isoYears: FiscalCalendar = { kind: 'weeks', pattern: '4-4-5', endMonth: 12, endWeekday: 7, yearEnd: 'nearest' };
/** The calendar of American retailers: 4-5-4, ending on the Saturday nearest to the end of January. */
const retail: FiscalCalendar = { kind: 'weeks', pattern: '4-5-4', endMonth: 1, endWeekday: 6, yearEnd: 'nearest' };
const lastSaturdayOfSeptember: FiscalCalendar = { kind: 'weeks', pattern: '5-4-4', endMonth: 9, endWeekday: 6, yearEnd: 'last' };

const daysOf = ({ from, until }: Period): number => daysBetween(from, until);
const span = ({ label, from, until }: Period): string => `${label} ${from} to ${addDays(until, -1)}`;
const yearAt = (calendar: FiscalCalendar, on: string): Period => periodOf(calendar, 'year', day.parse(on));
const firstWeekdayOf = (calendar: FiscalCalendar): number => {
  if (calendar.kind === 'weeks') return (calendar.endWeekday % 7) + 1;
  return 'weekStartsOn' in calendar ? (calendar.weekStartsOn ?? 1) : 1;
};
/** All weeks of the year of a day, in order. */
const weeksOfYear = (calendar: CalendarOfWeeks, year: Period): readonly Period[] =>
  Array.from({ length: daysOf(year) / 7 }, (_, index) => periodOf(calendar, 'week', addDays(year.from, index * 7)));

describe('a fiscal calendar of months', () => {
  it.each([
    [1, 'week', '2026-W48'],
    [1, 'month', '2026-11'],
    [1, 'quarter', 'FY2026-Q4'],
    [1, 'year', 'FY2026'],
    [4, 'quarter', 'FY2026/27-Q3'],
    [12, 'quarter', 'FY2025/26-Q4'],
    [12, 'year', 'FY2025/26'],
    [4, 'year', 'FY2026/27'],
  ] as const)('that starts in month %i labels the %s of 24 November 2026 %s', (startMonth, kind, label) => {
    expect(periodOf(fromMonth(startMonth), kind, today).label).toBe(label);
  });

  it('labels the days around New Year by the week of their Thursday', () => {
    expect(periodOf(fromMonth(1), 'week', day.parse('2027-01-01')).label).toBe('2026-W53');
    expect(periodOf(fromMonth(1), 'week', day.parse('2024-12-30')).label).toBe('2025-W01');
  });

  it.each([
    [7, '2026-W47 2026-11-22 to 2026-11-28'],
    [6, '2026-W47 2026-11-21 to 2026-11-27'],
    [3, '2026-W47 2026-11-18 to 2026-11-24'],
  ])('given weeks that start on weekday %i · then 24 November 2026 lies in %s', (weekStartsOn, expected) => {
    expect(span(periodOf(fromMonth(1, weekStartsOn), 'week', today))).toBe(expected);
  });

  it('has a 25-hour day where the clocks go back', () => {
    const october = monthsOf(fromMonth(1), 2026)[9];
    const bounds = october && boundsOf(october, timeZone.parse('Europe/Berlin'));
    expect(bounds).toEqual({ from: '2026-09-30T22:00:00.000Z', until: '2026-10-31T23:00:00.000Z' });
  });

  it.each([
    '2026-13',
    'FY2026-Q5',
    'FY2026/28-Q1',
    'last week',
    '',
    '2026-W54',
    'W',
    '9999-12',
    'FY99999',
    '1899-01',
    'FY2026-P01',
    'FY2026-W01',
  ])('has no period labelled %j', (label) => {
    expect(periodNamed(fromMonth(1), label)).toBeUndefined();
  });
});

describe('a fiscal calendar of weeks', () => {
  it('given retail years 2022 and 2023 · then 2023 is the one with 53 weeks', () => {
    expect(span(yearAt(retail, '2022-06-01'))).toBe('FY2022/23 2022-01-30 to 2023-01-28');
    expect(span(yearAt(retail, '2023-06-01'))).toBe('FY2023/24 2023-01-29 to 2024-02-03');
  });

  it('given years that end on the last Saturday of September · then the one to 2023 has 53 weeks', () => {
    expect(span(yearAt(lastSaturdayOfSeptember, '2023-01-01'))).toBe('FY2022/23 2022-09-25 to 2023-09-30');
    expect(span(yearAt(lastSaturdayOfSeptember, '2024-01-01'))).toBe('FY2023/24 2023-10-01 to 2024-09-28');
  });

  it('given a year that begins before 1 January · then its first days belong to it', () => {
    expect(fiscalYearOf(isoYears, day.parse('2025-12-29'))).toBe(2026);
    expect(periodOf(isoYears, 'week', day.parse('2025-12-30')).label).toBe('FY2026-W01');
  });

  it.each([
    ['4-4-5', [4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 6]],
    ['4-5-4', [4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 5]],
    ['5-4-4', [5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 5]],
  ] as const)('given the pattern %s and a year of 53 weeks · then its months have %j weeks', (pattern, weeks) => {
    const months = monthsOf({ ...isoYears, pattern }, 2026);
    expect(months.map((month) => daysOf(month) / 7)).toEqual(weeks);
    expect(months.map(({ label }) => label)).toEqual(months.map((_, index) => `FY2026-P${String(index + 1).padStart(2, '0')}`));
  });

  it.each(['FY2026-P13', 'FY2026-W54', 'FY2027-W53', '2026-11', '2026-W10', 'FY2026-Q5', 'FY2026/27'])(
    'has no period labelled %j',
    (label) => {
      expect(periodNamed(isoYears, label)).toBeUndefined();
    },
  );

  it.each([{ pattern: '4-4-4' }, { endMonth: 13 }, { endWeekday: 0 }, { yearEnd: 'first' }])('is refused with %j', (wrong) => {
    expect(fiscalCalendar.safeParse({ ...isoYears, ...wrong }).success).toBe(false);
  });
});

const month = fc.integer({ min: 1, max: 12 });
const weekday = fc.integer({ min: 1, max: 7 });
const calendarsOfMonths = fc.tuple(month, fc.option(weekday, { nil: undefined })).map(([start, week]) => fromMonth(start, week));
const calendarsOfWeeks: fc.Arbitrary<CalendarOfWeeks> = fc.record({
  kind: fc.constant('weeks'),
  pattern: fc.constantFrom('4-4-5', '4-5-4', '5-4-4'),
  endMonth: month,
  endWeekday: weekday,
  yearEnd: fc.constantFrom('last', 'nearest'),
});
const calendars = fc.oneof(calendarsOfMonths, calendarsOfWeeks);
const kinds = fc.constantFrom<PeriodKind>('week', 'month', 'quarter', 'year');
const days = fc.integer({ min: -15_000, max: 15_000 }).map((n) => addDays(today, n));
const years = fc.integer({ min: 1990, max: 2100 });

describe('any fiscal calendar', () => {
  it('puts every day into exactly one week, month, quarter and year, and tiles the time line', () => {
    fc.assert(
      fc.property(calendars, kinds, days, (calendar, kind, on) => {
        const period = periodOf(calendar, kind, on);
        expect(period.from <= on && on < period.until).toBe(true);
        expect(nextPeriod(calendar, period).from).toBe(period.until);
        expect(previousPeriod(calendar, period).until).toBe(period.from);
        expect(periodOf(calendar, kind, period.from)).toEqual(period);
        expect(periodOf(calendar, kind, addDays(period.until, -1))).toEqual(period);
      }),
      { numRuns: 300 },
    );
  });

  it('finds every period by its label', () => {
    fc.assert(
      fc.property(calendars, kinds, days, (calendar, kind, on) => {
        const period = periodOf(calendar, kind, on);
        expect(periodNamed(calendar, period.label)).toEqual(period);
      }),
      { numRuns: 300 },
    );
  });

  it('fills each year with 12 months and 4 quarters of 3 months', () => {
    fc.assert(
      fc.property(calendars, years, (calendar, fiscalYear) => {
        const [months, quarters] = [monthsOf(calendar, fiscalYear), quartersOf(calendar, fiscalYear)];
        expect(months.map(({ until }) => until).slice(0, -1)).toEqual(months.map(({ from }) => from).slice(1));
        expect(quarters.map(({ from }) => from)).toEqual([0, 3, 6, 9].map((index) => months[index]?.from));
        expect(quarters.at(-1)?.until).toBe(months.at(-1)?.until);
        expect(monthsOf(calendar, fiscalYear + 1)[0]?.from).toBe(months.at(-1)?.until);
        expect(months.map(({ from }) => fiscalYearOf(calendar, from))).toEqual(months.map(() => fiscalYear));
      }),
    );
  });

  it('has weeks of 7 days that start on one weekday', () => {
    fc.assert(
      fc.property(calendars, days, (calendar, on) => {
        const { from, until } = periodOf(calendar, 'week', on);
        expect([daysBetween(from, until), isoWeekday(from)]).toEqual([7, firstWeekdayOf(calendar)]);
      }),
    );
  });

  it('numbers its weeks one after the other, and begins again with 1 after week 52 or 53', () => {
    fc.assert(
      fc.property(calendars, days, (calendar, on) => {
        const week = periodOf(calendar, 'week', on);
        const numberOf = ({ label }: Period): number => Number(label.slice(-2));
        const [number, next] = [numberOf(week), numberOf(nextPeriod(calendar, week))];
        expect(next === number + 1 || (next === 1 && (number === 52 || number === 53))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('any fiscal calendar of months', () => {
  it('has years of 365 or 366 days', () => {
    fc.assert(
      fc.property(calendarsOfMonths, days, (calendar, on) => {
        expect([365, 366]).toContain(daysOf(periodOf(calendar, 'year', on)));
      }),
    );
  });

  it('with weeks from Monday has ISO weeks, like a calendar of weeks whose year ends on the Sunday nearest to the end of December', () => {
    fc.assert(
      fc.property(days, (on) => {
        const iso = periodOf(fromMonth(1, 1), 'week', on);
        expect(periodOf(isoYears, 'week', on)).toEqual({ ...iso, label: `FY${iso.label}` });
      }),
    );
  });
});

describe('any fiscal calendar of weeks', () => {
  it('has years of 364 or 371 days, which end on the last weekday of their month or the one nearest to its end', () => {
    fc.assert(
      fc.property(calendarsOfWeeks, days, (calendar, on) => {
        const year = periodOf(calendar, 'year', on);
        const last = addDays(year.until, -1);
        expect([364, 371]).toContain(daysOf(year));
        expect(isoWeekday(last)).toBe(calendar.endWeekday);
        const monthOf = (offset: number): number => Number(addDays(last, offset).slice(5, 7));
        const [within, beyond] = calendar.yearEnd === 'last' ? [0, 7] : [-3, 4];
        expect(monthOf(within)).toBe(calendar.endMonth);
        expect(monthOf(beyond)).not.toBe(calendar.endMonth);
      }),
      { numRuns: 300 },
    );
  });

  it('divides every month into 4 or 5 whole weeks, and gives a 53rd week to the last month of the year', () => {
    fc.assert(
      fc.property(calendarsOfWeeks, years, (calendar, fiscalYear) => {
        const weeks = monthsOf(calendar, fiscalYear).map((period) => daysOf(period) / 7);
        const pattern = calendar.pattern.split('-').map(Number);
        const usual = Array.from({ length: 12 }, (_, index) => pattern[index % 3] ?? 0);
        expect(weeks.slice(0, -1)).toEqual(usual.slice(0, -1));
        expect([0, 1]).toContain((weeks.at(-1) ?? 0) - (usual.at(-1) ?? 0));
      }),
    );
  });

  it('has no week across the boundary of a month, and every week in the year of its label', () => {
    fc.assert(
      fc.property(calendarsOfWeeks, days, (calendar, on) => {
        const year = periodOf(calendar, 'year', on);
        const weeks = weeksOfYear(calendar, year);
        expect(weeks.map(({ label }) => label)).toEqual(
          weeks.map((_, index) => `FY${fiscalYearOf(calendar, on)}-W${String(index + 1).padStart(2, '0')}`),
        );
        for (const week of weeks)
          expect(periodOf(calendar, 'month', week.from)).toEqual(periodOf(calendar, 'month', addDays(week.until, -1)));
      }),
      { numRuns: 30 },
    );
  });
});
