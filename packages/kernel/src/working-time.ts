import * as z from 'zod';
import {
  addDays,
  addMillis,
  day,
  dayOf,
  daysBetween,
  epochMillis,
  isoWeekday,
  Temporal,
  timeZone,
  toInstant,
  type Day,
  type Instant,
  type TimeZone,
} from './instant.ts';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day is HH:MM, at most 24:00');

/** Working hours: windows of local time by weekday (1 = Monday), without `until` itself. */
export const workingHours = z.object({
  zone: timeZone,
  windows: z.array(z.object({ weekday: z.int().min(1).max(7), from: clockTime, until: clockTime })).max(70),
});
export type WorkingHours = z.infer<typeof workingHours>;

/** Half-open, in epoch milliseconds. */
type Span = { readonly from: number; readonly until: number };

/** A skipped local time counts as the instant after the gap, a repeated one as its first occurrence. */
const localMillis = (on: Day, time: string, zone: TimeZone): number => {
  const date = Temporal.PlainDate.from(time === '24:00' ? addDays(on, 1) : on);
  const plainTime = Temporal.PlainTime.from(time === '24:00' ? '00:00' : time);
  const dateTime = date.toZonedDateTime({ timeZone: zone, plainTime });
  if (dateTime.toPlainTime().equals(plainTime)) return dateTime.epochMilliseconds;
  // Temporal moves a skipped time forward by the length of the gap; the gap ends at the clock change before that time.
  return (dateTime.add({ nanoseconds: 1 }).getTimeZoneTransition('previous') ?? dateTime).epochMilliseconds;
};

/** The working spans of one day in order, with overlapping windows merged; empty on a holiday. */
const spansOf = (hours: WorkingHours, holidays: ReadonlySet<Day>, on: Day): readonly Span[] => {
  if (holidays.has(on)) return [];
  const weekday = isoWeekday(on);
  const spans = hours.windows
    .filter((window) => window.weekday === weekday)
    .map((window) => ({ from: localMillis(on, window.from, hours.zone), until: localMillis(on, window.until, hours.zone) }))
    .toSorted((a, b) => a.from - b.from);
  return spans.reduce<readonly Span[]>((merged, span) => {
    const last = merged.at(-1);
    if (last === undefined || span.from > last.until) return [...merged, span];
    return [...merged.slice(0, -1), { from: last.from, until: Math.max(last.until, span.until) }];
  }, []);
};

const overlap = (spans: readonly Span[], start: number, end: number): number =>
  spans.reduce((sum, span) => sum + Math.max(0, Math.min(end, span.until) - Math.max(start, span.from)), 0);

const lengthOf = (spans: readonly Span[]): number => overlap(spans, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);

/** The days in [first, end) on which clocks change, and the neighbouring days that a change may touch. */
const changeDays = (zone: TimeZone, first: Day, end: Day): ReadonlySet<Day> => {
  const days = new Set<Day>();
  let at = Temporal.PlainDate.from(first).toZonedDateTime(zone).getTimeZoneTransition('next');
  const last = Temporal.PlainDate.from(end).toZonedDateTime(zone);
  for (; at !== null && Temporal.ZonedDateTime.compare(at, last) <= 0; at = at.getTimeZoneTransition('next')) {
    // Clocks that go back at midnight reach into the day before.
    const [from, until] = [at.subtract({ nanoseconds: 1 }).toPlainDate(), at.toPlainDate()].toSorted((a, b) =>
      Temporal.PlainDate.compare(a, b),
    );
    for (let on = from; on !== undefined && until !== undefined && Temporal.PlainDate.compare(on, until) <= 0; on = on.add({ days: 1 }))
      days.add(day.parse(on.toString()));
  }
  return days;
};

/** Working time of the whole days in [first, end): every week is the same, so only holidays and clock changes are treated one by one. */
const wholeDays = (hours: WorkingHours, free: ReadonlySet<Day>, first: Day, end: Day): number => {
  const count = daysBetween(first, end);
  // UTC has no clock changes, so it gives the usual week.
  const plain = { ...hours, zone: timeZone.parse('UTC') };
  const usual = (on: Day): number => lengthOf(spansOf(plain, new Set(), on));
  const sums = Array.from({ length: 7 }, (_, offset) => usual(addDays(first, offset)) * Math.ceil((count - offset) / 7));
  const holidays = [...free].filter((on) => first <= on && on < end);
  const changes = [...changeDays(hours.zone, first, end)].filter((on) => first <= on && on < end && !free.has(on));
  return (
    sums.reduce((a, b) => a + b, 0) -
    holidays.reduce((sum, on) => sum + usual(on), 0) +
    changes.reduce((sum, on) => sum + lengthOf(spansOf(hours, free, on)) - usual(on), 0)
  );
};

// For shorter spans, going day by day is cheaper than looking for clock changes.
const fewDays = 21;

/**
 * Working time between two instants, in milliseconds (docs/model/formulas.md 8.1): the overlap of [from, until) with each day's windows.
 * Windows are built in local time for each day, so a window of six hours has five or seven in the night of a clock change. The cost grows
 * with the number of clock changes, not with the number of days. 0 where `until` is not later than `from`.
 */
export const elapsedWorkingMillis = (hours: WorkingHours, holidays: readonly Day[], from: Instant, until: Instant): number => {
  const [start, end, free] = [epochMillis(from), epochMillis(until), new Set(holidays)];
  if (start >= end) return 0;
  const [first, last] = [dayOf(from, hours.zone), dayOf(until, hours.zone)];
  if (daysBetween(first, last) > fewDays)
    return (
      overlap(spansOf(hours, free, first), start, end) +
      wholeDays(hours, free, addDays(first, 1), last) +
      overlap(spansOf(hours, free, last), start, end)
    );
  let sum = 0;
  for (let on = first; on <= last; on = addDays(on, 1)) sum += overlap(spansOf(hours, free, on), start, end);
  return sum;
};

// Hours and holidays without any working window in two years belong to a person who does not work.
const farthestDays = 731;

/**
 * The first instant at which `needMillis` of working time have passed since `from`; `from` itself for 0, undefined where there is none
 * within two years.
 */
export const dueAt = (hours: WorkingHours, holidays: readonly Day[], from: Instant, needMillis: number): Instant | undefined => {
  if (needMillis <= 0) return from;
  const [start, free] = [epochMillis(from), new Set(holidays)];
  let rest = needMillis;
  let on = dayOf(from, hours.zone);
  for (let days = 0; days <= farthestDays; days += 1, on = addDays(on, 1))
    for (const span of spansOf(hours, free, on)) {
      const begin = Math.max(start, span.from);
      const length = Math.max(0, span.until - begin);
      if (length >= rest) return toInstant(begin + rest);
      rest -= length;
    }
  return undefined;
};

/** The first working instant at or after `from`; undefined where there is none within two years. */
export const nextWorkingInstant = (hours: WorkingHours, holidays: readonly Day[], from: Instant): Instant | undefined => {
  const firstMillisecondDone = dueAt(hours, holidays, from, 1);
  return firstMillisecondDone === undefined ? undefined : addMillis(firstMillisecondDone, -1);
};
