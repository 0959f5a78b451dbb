import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';

export { Temporal };

// Instants are plain milliseconds, so that what needs no calendar (the door of forms) does not load one.
// zod overwrites also what its format check has refused already; such a text stays as it is, with its issue.
const utcText = (text: string): string => {
  try {
    return new Date(text).toISOString();
  } catch {
    return text;
  }
};

/** An ISO 8601 instant with offset or Z, in; UTC with milliseconds, out: so the order of the texts is the order of the times. */
export const instant = z.iso.datetime({ offset: true }).overwrite(utcText).brand<'Instant'>();
export type Instant = z.infer<typeof instant>;

/** A calendar day, `YYYY-MM-DD`. */
export const day = z.iso.date().brand<'Day'>();
export type Day = z.infer<typeof day>;

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** A time zone of the IANA database, such as `Europe/Berlin`. */
export const timeZone = z.string().min(1).max(60).refine(isZone, 'is no time zone of the IANA database').brand<'TimeZone'>();
export type TimeZone = z.infer<typeof timeZone>;

/** Where the time comes from; the only live one is in `runtime`. */
export type Clock = { readonly now: () => Instant };

/** An instant from ISO text, epoch milliseconds or Temporal. Throws a ZodError or RangeError where it is none. */
export const toInstant = (value: string | number | Temporal.Instant): Instant => {
  if (typeof value === 'number') return instant.parse(new Date(value).toISOString());
  return instant.parse(typeof value === 'string' ? value : value.toString());
};

/** Milliseconds since 1970. */
export const epochMillis = (at: Instant): number => Date.parse(at);

/** The calendar day in UTC. */
export const utcDayOf = (at: Instant): Day => day.parse(at.slice(0, 10));

/** The later of two instants. */
export const laterOf = (a: Instant, b: Instant): Instant => (a < b ? b : a);

/** The earlier of two instants. */
export const earlierOf = (a: Instant, b: Instant): Instant => (a < b ? a : b);

/** The instant `millis` later; negative: earlier. */
export const addMillis = (at: Instant, millis: number): Instant => toInstant(epochMillis(at) + millis);

/** The calendar day that an instant falls on in a zone. */
export const dayOf = (at: Instant, zone: TimeZone): Day =>
  day.parse(Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString());

/** The first instant of a day in a zone; not midnight where the clocks skip it. */
export const startOfDay = (on: Day, zone: TimeZone): Instant => toInstant(Temporal.PlainDate.from(on).toZonedDateTime(zone).toInstant());

/** The day `days` later; negative: earlier. */
export const addDays = (on: Day, days: number): Day => day.parse(Temporal.PlainDate.from(on).add({ days }).toString());

/** Days from `from` to `until`; negative where `until` is earlier. */
export const daysBetween = (from: Day, until: Day): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(until), { largestUnit: 'day' }).days;

/** 1 = Monday … 7 = Sunday. */
export const isoWeekday = (on: Day): number => Temporal.PlainDate.from(on).dayOfWeek;
