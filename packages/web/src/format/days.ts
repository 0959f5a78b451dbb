import { DateFormatter, fromAbsolute, parseAbsolute, parseDate } from '@internationalized/date';

const minute = 60_000;

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
export const dayNumber = (text: string): number => Math.round(parseDate(text).toDate('UTC').getTime() / (1440 * minute));

/** The day that comes so many days later; earlier, where the number is negative. */
export const daysAfter = (text: string, days: number): string => parseDate(text).add({ days }).toString();

/** An instant in the company's time zone, to the minute. */
export const instant = (locale: string, text: string, zone: string): string =>
  `${day(locale, dayOf(text, zone))}, ${clock(locale, text, zone)}`;

export const clock = (locale: string, text: string, zone: string): string =>
  new DateFormatter(locale, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(parseAbsolute(text, zone).toDate());

/** The company's day of an instant, as `2026-11-30`. */
export const dayOf = (text: string, zone: string): string => {
  const { year, month, day: dayOfMonth } = parseAbsolute(text, zone);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
};

/** Milliseconds since the epoch, for comparing and for the width of bars. */
export const millisOf = (text: string): number => parseAbsolute(text, 'UTC').toDate().getTime();

/** Whole minutes from one instant to another; negative when it lies before. */
export const minutesBetween = (from: number, to: string): number => Math.round((millisOf(to) - from) / minute);

/** `vor 3 Tagen`, `in 38 Minuten`: the largest unit that is at least one. */
export const relative = (locale: string, from: number, to: string): string => {
  const minutes = minutesBetween(from, to);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const size = Math.abs(minutes);
  if (size < 60) return format.format(minutes, 'minute');
  if (size < 36 * 60) return format.format(Math.round(minutes / 60), 'hour');
  return format.format(Math.round(minutes / 1440), 'day');
};

/** `10:42:05` of a moment in milliseconds. */
export const clockTime = (locale: string, millis: number, zone: string): string =>
  new DateFormatter(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: zone }).format(
    fromAbsolute(millis, zone).toDate(),
  );

/** Now, in milliseconds; the only place that asks. */
export const nowMillis = (): number => performance.timeOrigin + performance.now();

/** Now, as the API writes instants. */
export const isoAt = (millis: number): string => fromAbsolute(millis, 'UTC').toAbsoluteString();

export const isoNow = (): string => isoAt(nowMillis());

export const dayBefore = (text: string, days = 1): string => parseDate(text).subtract({ days }).toString();

/** Days of the company from one instant to another: midnight counts, hours do not. */
export const daysBetween = (from: string, to: string, zone: string): number =>
  parseDate(dayOf(to, zone)).compare(parseDate(dayOf(from, zone)));

/** The name of a period that the API has labelled: `2026-11` as `November 2026`; labels of fiscal calendars stay as they are. */
export const periodName = (locale: string, label: string): string =>
  /^\d{4}-\d{2}$/.test(label)
    ? new DateFormatter(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(parseDate(`${label}-01`).toDate('UTC'))
    : label;
