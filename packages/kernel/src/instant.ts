import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';

export { Temporal };

// A Date is enough here: code that needs no calendar, such as the handler that takes forms, then loads no Temporal.
// zod calls `overwrite` even after its format check has failed; such a text stays as it is and keeps its issue.
const utcText = (text: string): string => {
  try {
    return new Date(text).toISOString();
  } catch {
    return text;
  }
};

/** Reads an ISO 8601 instant with an offset or Z, and writes UTC with milliseconds, so that texts sort as their times do. */
export const instant = z.iso
  .datetime({ offset: true, error: 'is a time with its offset, such as 2026-11-30T09:00:00Z' })
  .overwrite(utcText)
  .brand<'Instant'>();
export type Instant = z.infer<typeof instant>;

/** A calendar day, `YYYY-MM-DD`. */
export const day = z.iso.date('is a day such as 2026-11-30').brand<'Day'>();
export type Day = z.infer<typeof day>;

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** A time zone of the IANA database, such as `Europe/Berlin`. */
export const timeZone = z
  .string()
  .min(1)
  .max(60)
  .refine(isZone, 'is not a time zone of the IANA database, such as Europe/Berlin')
  .brand<'TimeZone'>();
export type TimeZone = z.infer<typeof timeZone>;

/** The source of the current time; the only live one is in `runtime`. */
export type Clock = { readonly now: () => Instant };

/** An instant from ISO text, epoch milliseconds or Temporal. Throws a ZodError or RangeError for anything else. */
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

/** The instant `millis` later, or earlier where `millis` is negative. */
export const addMillis = (at: Instant, millis: number): Instant => toInstant(epochMillis(at) + millis);

/** The calendar day that an instant falls on in a zone. */
export const dayOf = (at: Instant, zone: TimeZone): Day =>
  day.parse(Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString());

/** The first instant of a day in a zone; not midnight where the clocks skip it. */
export const startOfDay = (on: Day, zone: TimeZone): Instant => toInstant(Temporal.PlainDate.from(on).toZonedDateTime(zone).toInstant());

/** The day `days` later, or earlier where `days` is negative. */
export const addDays = (on: Day, days: number): Day => day.parse(Temporal.PlainDate.from(on).add({ days }).toString());

/** Days from `from` to `until`; negative where `until` is earlier. */
export const daysBetween = (from: Day, until: Day): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(until), { largestUnit: 'day' }).days;

/** 1 = Monday … 7 = Sunday. */
export const isoWeekday = (on: Day): number => Temporal.PlainDate.from(on).dayOfWeek;
