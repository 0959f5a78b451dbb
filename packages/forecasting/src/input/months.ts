import type { DayNumber } from './history.ts';

/** Months since January 1970; counters are kept by month. */
export type MonthNumber = number;

// Days before the first of March of year 0 in the proleptic calendar that counts years from March; 719,468 of them until 1970-01-01.
const epochShift = 719_468;
const daysOfEra = 146_097;

/** The day number of a civil date; month 1 to 12. (Hinnant, "chrono-compatible low-level date algorithms") */
export const dayNumberOf = (year: number, month: number, dayOfMonth: number): DayNumber => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  return era * daysOfEra + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - epochShift;
};

/** Year, month (1 to 12) and day of the month of a day number. */
export const civilOf = (day: DayNumber): { readonly year: number; readonly month: number; readonly dayOfMonth: number } => {
  const z = day + epochShift;
  const era = Math.floor(z / daysOfEra);
  const dayOfEra = z - era * daysOfEra;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
};

const computedFirstDay = (month: MonthNumber): DayNumber => dayNumberOf(1970 + Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1);

// The months from 1900 to 2099 are needed all the time.
const [firstKnown, known] = [-840, 2400];
const firstDays = Int32Array.from({ length: known }, (_, n) => computedFirstDay(firstKnown + n));

/** The first day of a month. */
export const firstDayOf = (month: MonthNumber): DayNumber => firstDays[month - firstKnown] ?? computedFirstDay(month);

/** The month that a day lies in. */
export const monthOf = (day: DayNumber): MonthNumber => {
  // at most one month off, the mean month has 30.436875 days
  const guess = Math.floor(day / 30.436875);
  if (day < firstDayOf(guess)) return guess - 1;
  return day < firstDayOf(guess + 1) ? guess : guess + 1;
};
