import * as z from 'zod';
import { addDays, day, startOfDay, Temporal, type Day, type Instant, type TimeZone } from './instant.ts';

/** How a company cuts its year. A second kind, with week patterns such as 4-4-5, gets its cases in `monthStarts` and the labels. */
export const fiscalCalendar = z.discriminatedUnion('kind', [z.object({ kind: z.literal('months'), startMonth: z.int().min(1).max(12) })]);
export type FiscalCalendar = z.infer<typeof fiscalCalendar>;

export type PeriodKind = 'week' | 'month' | 'quarter' | 'year';

/** Days from `from` up to, not including, `until`. */
export type Period = { readonly kind: PeriodKind; readonly label: string; readonly from: Day; readonly until: Day };

const two = (n: number): string => String(n).padStart(2, '0');
const toDay = (date: Temporal.PlainDate): Day => day.parse(date.toString());

/** The thirteen boundaries of the twelve months of a fiscal year that begins in calendar year `fiscalYear`. */
const monthStarts = (calendar: FiscalCalendar, fiscalYear: number): readonly Temporal.PlainDate[] => {
  switch (calendar.kind) {
    case 'months': {
      const start = new Temporal.PlainDate(fiscalYear, calendar.startMonth, 1);
      return Array.from({ length: 13 }, (_, months) => start.add({ months }));
    }
  }
};

const yearLabel = (calendar: FiscalCalendar, fiscalYear: number): string =>
  calendar.startMonth === 1 ? `FY${fiscalYear}` : `FY${fiscalYear}/${two((fiscalYear + 1) % 100)}`;

/** The calendar year in which the fiscal year of a day begins. */
export const fiscalYearOf = (calendar: FiscalCalendar, on: Day): number => {
  const date = Temporal.PlainDate.from(on);
  const start = monthStarts(calendar, date.year)[0];
  return start !== undefined && Temporal.PlainDate.compare(date, start) < 0 ? date.year - 1 : date.year;
};

type Cut = { readonly kind: PeriodKind; readonly months: 1 | 3 | 12; readonly label: (n: number, from: Temporal.PlainDate) => string };

const periodsOfYear = (calendar: FiscalCalendar, fiscalYear: number, { kind, months, label }: Cut): Period[] => {
  const starts = monthStarts(calendar, fiscalYear);
  return Array.from({ length: 12 / months }, (_, n) => {
    const [from, until] = [starts[n * months], starts[(n + 1) * months]];
    if (from === undefined || until === undefined) throw new RangeError(`fiscal year ${fiscalYear} has no ${kind} ${n + 1}`);
    return { kind, label: label(n, from), from: toDay(from), until: toDay(until) };
  });
};

/** The twelve months of a fiscal year in fiscal order, labelled by calendar month such as `2026-11`. */
export const monthsOf = (calendar: FiscalCalendar, fiscalYear: number): Period[] =>
  periodsOfYear(calendar, fiscalYear, { kind: 'month', months: 1, label: (_, from) => `${from.year}-${two(from.month)}` });

/** The four quarters of a fiscal year, labelled `FY2026-Q1`, or `FY2026/27-Q1` where the year spans two. */
export const quartersOf = (calendar: FiscalCalendar, fiscalYear: number): Period[] =>
  periodsOfYear(calendar, fiscalYear, { kind: 'quarter', months: 3, label: (n) => `${yearLabel(calendar, fiscalYear)}-Q${n + 1}` });

const yearOf = (calendar: FiscalCalendar, fiscalYear: number): Period[] =>
  periodsOfYear(calendar, fiscalYear, { kind: 'year', months: 12, label: () => yearLabel(calendar, fiscalYear) });

/** The ISO week of a day, labelled by the year that its Thursday lies in. */
const weekOf = (on: Day): Period => {
  const date = Temporal.PlainDate.from(on);
  const monday = date.subtract({ days: date.dayOfWeek - 1 });
  return {
    kind: 'week',
    label: `${date.yearOfWeek ?? date.year}-W${two(date.weekOfYear ?? 1)}`,
    from: toDay(monday),
    until: toDay(monday.add({ days: 7 })),
  };
};

/** The period of a kind that a day lies in. */
export const periodOf = (calendar: FiscalCalendar, kind: PeriodKind, on: Day): Period => {
  if (kind === 'week') return weekOf(on);
  const make = { month: monthsOf, quarter: quartersOf, year: yearOf }[kind];
  const found = make(calendar, fiscalYearOf(calendar, on)).find((period) => period.from <= on && on < period.until);
  if (found === undefined) throw new RangeError(`no ${kind} holds ${on}`);
  return found;
};

/** The period of the same kind before. */
export const previousPeriod = (calendar: FiscalCalendar, period: Period): Period =>
  periodOf(calendar, period.kind, addDays(period.from, -1));

/** The period of the same kind after. */
export const nextPeriod = (calendar: FiscalCalendar, period: Period): Period => periodOf(calendar, period.kind, period.until);

const firstDay = (year: number, month: number): Day => toDay(new Temporal.PlainDate(year, month, 1));

// Labels come from outside; no company asks for more.
const [firstYear, lastYear] = [1900, 2999];

/** The period that a label names, or undefined where this calendar has none of that name. */
export const periodNamed = (calendar: FiscalCalendar, label: string): Period | undefined => {
  const year = Number(/^(?:FY)?(\d{4})/.exec(label)?.[1] ?? Number.NaN);
  if (Number.isNaN(year) || year < firstYear || year > lastYear) return undefined;
  const candidates = label.startsWith('FY')
    ? [...quartersOf(calendar, year), ...yearOf(calendar, year)]
    : label.includes('W')
      ? Array.from({ length: 54 }, (_, week) => weekOf(addDays(firstDay(year, 1), week * 7)))
      : [...monthsOf(calendar, year), ...monthsOf(calendar, year - 1)];
  return candidates.find((period) => period.label === label);
};

/** The half-open interval of instants that a period is in a zone. */
export const boundsOf = (period: Period, zone: TimeZone): { readonly from: Instant; readonly until: Instant } => ({
  from: startOfDay(period.from, zone),
  until: startOfDay(period.until, zone),
});
