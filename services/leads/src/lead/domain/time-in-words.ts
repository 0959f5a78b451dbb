import { Temporal, type Instant } from '@meilenstein/kernel';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const local = (at: Instant, zone: string) => Temporal.Instant.from(at).toZonedDateTimeISO(zone);

/** The day of an instant as people in a zone write it, such as `2 March 2026`. */
export const dayInWords = (at: Instant, zone: string): string => {
  const { day, month, year } = local(at, zone);
  return `${day} ${months[month - 1] ?? month} ${year}`;
};

/** A time as people in a zone read it, such as `2 March 2026, 10:00 (Europe/Berlin)`. */
export const timeInWords = (at: Instant, zone: string): string =>
  `${dayInWords(at, zone)}, ${local(at, zone).toPlainTime().toString({ smallestUnit: 'minute' })} (${zone})`;
