import type { FiscalCalendar } from './fiscal-calendar.ts';
import { fiscalYearLabel, fiscalYearOf, monthBoundaries, startOfFiscalYear, rememberedPerCalendar } from './fiscal-year.ts';
import { addDays, day, startOfDay, Temporal, type Day, type Instant, type TimeZone } from './instant.ts';

export type PeriodKind = 'week' | 'month' | 'quarter' | 'year';

/** Days from `from` up to, not including, `until`. */
export type Period = { readonly kind: PeriodKind; readonly label: string; readonly from: Day; readonly until: Day };

const twoDigits = (n: number): string => String(n).padStart(2, '0');
const toDay = (date: Temporal.PlainDate): Day => day.parse(date.toString());

type Division = {
  readonly kind: PeriodKind;
  readonly months: 1 | 3 | 12;
  readonly label: (index: number, from: Temporal.PlainDate) => string;
};

const divideYear = (calendar: FiscalCalendar, fiscalYear: number, { kind, months, label }: Division): Period[] => {
  const boundaries = monthBoundaries(calendar, fiscalYear);
  return Array.from({ length: 12 / months }, (_, index) => {
    const [from, until] = [boundaries[index * months], boundaries[(index + 1) * months]];
    if (from === undefined || until === undefined) throw new RangeError(`fiscal year ${fiscalYear} has no ${kind} ${index + 1}`);
    return { kind, label: label(index, from), from: toDay(from), until: toDay(until) };
  });
};

/** The twelve months of a fiscal year: labelled by calendar month such as `2026-11`, or `FY2026-P11` where months consist of weeks. */
export const monthsOf = rememberedPerCalendar((calendar, fiscalYear: number): Period[] =>
  divideYear(calendar, fiscalYear, {
    kind: 'month',
    months: 1,
    label: (index, from) => {
      switch (calendar.kind) {
        case 'months':
          return `${from.year}-${twoDigits(from.month)}`;
        case 'weeks':
          return `FY${fiscalYear}-P${twoDigits(index + 1)}`;
      }
    },
  }),
);

/** The four quarters of a fiscal year, labelled `FY2026-Q1`, or `FY2026/27-Q1` where the year does not start with January. */
export const quartersOf = (calendar: FiscalCalendar, fiscalYear: number): Period[] =>
  divideYear(calendar, fiscalYear, {
    kind: 'quarter',
    months: 3,
    label: (index) => `${fiscalYearLabel(calendar, fiscalYear)}-Q${index + 1}`,
  });

const yearOf = (calendar: FiscalCalendar, fiscalYear: number): Period[] =>
  divideYear(calendar, fiscalYear, { kind: 'year', months: 12, label: () => fiscalYearLabel(calendar, fiscalYear) });

const weekFrom = (first: Temporal.PlainDate, label: string): Period => ({
  kind: 'week',
  label,
  from: toDay(first),
  until: toDay(first.add({ days: 7 })),
});

/** The week of a day that begins on a weekday. It belongs to the year of its fourth day, so that weeks from Monday are ISO weeks. */
const weekByWeekday = (weekStartsOn: number, date: Temporal.PlainDate): Period => {
  const first = date.subtract({ days: (date.dayOfWeek - weekStartsOn + 7) % 7 });
  const fourth = first.add({ days: 3 });
  return weekFrom(first, `${fourth.year}-W${twoDigits(Math.ceil(fourth.dayOfYear / 7))}`);
};

/** The week of a day, counted from the beginning of its fiscal year. */
const weekOfFiscalYear = (calendar: FiscalCalendar, on: Day): Period => {
  const fiscalYear = fiscalYearOf(calendar, on);
  const start = startOfFiscalYear(calendar, fiscalYear);
  const index = Math.floor(start.until(Temporal.PlainDate.from(on), { largestUnit: 'day' }).days / 7);
  return weekFrom(start.add({ weeks: index }), `FY${fiscalYear}-W${twoDigits(index + 1)}`);
};

const weekOf = (calendar: FiscalCalendar, on: Day): Period => {
  switch (calendar.kind) {
    case 'months':
      return weekByWeekday(calendar.weekStartsOn ?? 1, Temporal.PlainDate.from(on));
    case 'weeks':
      return weekOfFiscalYear(calendar, on);
  }
};

/** The period of a kind that contains a day. */
export const periodOf = (calendar: FiscalCalendar, kind: PeriodKind, on: Day): Period => {
  if (kind === 'week') return weekOf(calendar, on);
  const divide = { month: monthsOf, quarter: quartersOf, year: yearOf }[kind];
  const containing = divide(calendar, fiscalYearOf(calendar, on)).find((period) => period.from <= on && on < period.until);
  if (containing === undefined) throw new RangeError(`no ${kind} contains ${on}`);
  return containing;
};

/** The previous period of the same kind. */
export const previousPeriod = (calendar: FiscalCalendar, period: Period): Period =>
  periodOf(calendar, period.kind, addDays(period.from, -1));

/** The next period of the same kind. */
export const nextPeriod = (calendar: FiscalCalendar, period: Period): Period => periodOf(calendar, period.kind, period.until);

/** The weeks that a label of a year may name: those of the fiscal year and of the calendar year. */
const weeksNear = (calendar: FiscalCalendar, year: number): readonly Period[] => {
  const starts = [startOfFiscalYear(calendar, year), new Temporal.PlainDate(year, 1, 1)];
  // A year has at most 53 weeks, and 1 January may lie in the last week of the year before.
  return starts.flatMap((start) => Array.from({ length: 54 }, (_, index) => weekOf(calendar, toDay(start.add({ weeks: index })))));
};

// Labels come from requests; no company needs other years.
const [firstYear, lastYear] = [1900, 2999];

/** The period with a label, or undefined where this calendar has none. */
export const periodNamed = (calendar: FiscalCalendar, label: string): Period | undefined => {
  const year = Number(/^(?:FY)?(\d{4})/.exec(label)?.[1] ?? Number.NaN);
  if (Number.isNaN(year) || year < firstYear || year > lastYear) return undefined;
  const candidates = label.includes('W')
    ? weeksNear(calendar, year)
    : [
        ...yearOf(calendar, year),
        ...quartersOf(calendar, year),
        ...monthsOf(calendar, year),
        // The last calendar months of a fiscal year may lie in the next calendar year.
        ...monthsOf(calendar, year - 1),
      ];
  return candidates.find((period) => period.label === label);
};

/** The half-open interval of instants of a period in a time zone. */
export const boundsOf = (period: Period, zone: TimeZone): { readonly from: Instant; readonly until: Instant } => ({
  from: startOfDay(period.from, zone),
  until: startOfDay(period.until, zone),
});
