import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  monthsOf,
  nextPeriod,
  periodNamed,
  periodOf,
  previousPeriod,
  quartersOf,
  type FiscalCalendar,
  type PeriodKind,
} from './fiscal-calendar.ts';
import { addDays, day, daysBetween, timeZone } from './instant.ts';

const from = (startMonth: number): FiscalCalendar => ({ kind: 'months', startMonth });
const today = day.parse('2026-11-24');

describe('a fiscal calendar', () => {
  it.each([
    [1, 'week', '2026-W48'],
    [1, 'month', '2026-11'],
    [1, 'quarter', 'FY2026-Q4'],
    [1, 'year', 'FY2026'],
    [4, 'quarter', 'FY2026/27-Q3'],
    [12, 'quarter', 'FY2025/26-Q4'],
    [12, 'year', 'FY2025/26'],
    [4, 'year', 'FY2026/27'],
  ] as const)('that begins in month %i calls the %s of today %s', (startMonth, kind, label) => {
    expect(periodOf(from(startMonth), kind, today).label).toBe(label);
  });

  it('labels the days around New Year by the week of their Thursday', () => {
    expect(periodOf(from(1), 'week', day.parse('2027-01-01')).label).toBe('2026-W53');
    expect(periodOf(from(1), 'week', day.parse('2024-12-30')).label).toBe('2025-W01');
  });

  it('has a 25-hour day where the clocks go back', () => {
    const october = monthsOf(from(1), 2026)[9];
    const bounds = october && boundsOf(october, timeZone.parse('Europe/Berlin'));
    expect(bounds).toEqual({ from: '2026-09-30T22:00:00.000Z', until: '2026-10-31T23:00:00.000Z' });
  });

  const calendars = fc.integer({ min: 1, max: 12 }).map(from);
  const kinds = fc.constantFrom<PeriodKind>('week', 'month', 'quarter', 'year');
  const days = fc.integer({ min: -4000, max: 4000 }).map((n) => addDays(today, n));

  it('leaves no gap and no overlap between periods', () => {
    fc.assert(
      fc.property(calendars, kinds, days, (calendar, kind, on) => {
        const period = periodOf(calendar, kind, on);
        expect(period.from <= on && on < period.until).toBe(true);
        expect(nextPeriod(calendar, period).from).toBe(period.until);
        expect(previousPeriod(calendar, period).until).toBe(period.from);
      }),
    );
  });

  it('finds every period by its label', () => {
    fc.assert(
      fc.property(calendars, kinds, days, (calendar, kind, on) => {
        const period = periodOf(calendar, kind, on);
        expect(periodNamed(calendar, period.label)).toEqual(period);
      }),
    );
  });

  it('fills its year with its months and quarters', () => {
    fc.assert(
      fc.property(calendars, fc.integer({ min: 2000, max: 2100 }), (calendar, year) => {
        const length = (periods: readonly { from: typeof today; until: typeof today }[]) =>
          periods.reduce((sum, period) => sum + daysBetween(period.from, period.until), 0);
        expect([365, 366]).toContain(length(monthsOf(calendar, year)));
        expect(length(quartersOf(calendar, year))).toBe(length(monthsOf(calendar, year)));
      }),
    );
  });

  it.each(['2026-13', 'FY2026-Q5', 'FY2026/28-Q1', 'last week', '', '2026-W54', 'W', '9999-12', 'FY99999', '1899-01'])(
    'knows no period called %j',
    (label) => {
      expect(periodNamed(from(1), label)).toBeUndefined();
    },
  );
});
