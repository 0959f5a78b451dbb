import { DateFormatter, fromAbsolute, parseAbsolute, parseDate } from '@internationalized/date';

const dayMillis = 86_400_000;

/** A day is a day everywhere: `2026-11-30` as `30.11.2026`. */
export const day = (locale: string, text: string): string =>
  new DateFormatter(
    locale,
    locale.startsWith('de')
      ? { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }
      : { dateStyle: 'medium', timeZone: 'UTC' },
  ).format(parseDate(text).toDate('UTC'));

/** `30.11.`, for axes and for days of the window that is on screen. */
export const shortDay = (locale: string, text: string): string =>
  new DateFormatter(
    locale,
    locale.startsWith('de') ? { day: '2-digit', month: '2-digit', timeZone: 'UTC' } : { day: 'numeric', month: 'short', timeZone: 'UTC' },
  ).format(parseDate(text).toDate('UTC'));

/** `November 2026`, of any day in it. */
export const monthName = (locale: string, text: string): string =>
  new DateFormatter(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(parseDate(text).toDate('UTC'));

/** Days since 1970, for counting and for positions on an axis. */
export const dayNumber = (text: string): number => Math.round(parseDate(text).toDate('UTC').getTime() / dayMillis);

/** The day that comes so many days later; earlier, where the number is negative. */
export const daysAfter = (text: string, days: number): string => parseDate(text).add({ days }).toString();

/** An instant in the company's time zone, to the minute. */
export const instant = (locale: string, text: string, zone: string): string =>
  `${day(locale, dayOf(text, zone))}, ${clock(locale, text, zone)}`;

const clock = (locale: string, text: string, zone: string): string =>
  new DateFormatter(locale, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(parseAbsolute(text, zone).toDate());

/** The company's day of an instant, as `2026-11-30`. */
export const dayOf = (text: string, zone: string): string => {
  const { year, month, day: dayOfMonth } = parseAbsolute(text, zone);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
};

/** `10:42:05` of a moment in milliseconds. */
export const clockTime = (locale: string, millis: number, zone: string): string =>
  new DateFormatter(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: zone }).format(
    fromAbsolute(millis, zone).toDate(),
  );

/** Now by the clock of the browser, in milliseconds; the only place that asks. */
export const nowMillis = (): number => performance.timeOrigin + performance.now();

/** An instant as the API writes it. */
export const isoAt = (millis: number): string => fromAbsolute(millis, 'UTC').toAbsoluteString();

/** Days of the company from one instant to another: midnight counts, hours do not. */
export const daysBetween = (from: string, to: string, zone: string): number =>
  parseDate(dayOf(to, zone)).compare(parseDate(dayOf(from, zone)));
