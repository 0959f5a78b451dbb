import type { DayNumber } from '../input/history.ts';
import { civilOf } from '../input/months.ts';

/** With at least this many months of history each month of the year has its own pace; with fewer, each month of the quarter. */
const yearOfMonths = 24;

/** The calendar class of a day. */
export type CalendarClass = { readonly count: number; readonly of: (day: DayNumber) => number };

/** Months of the fiscal quarter, or of the fiscal year where the history is long enough. */
export const calendarClasses = (historyMonths: number, startMonth: number): CalendarClass => {
  const count = historyMonths >= yearOfMonths ? 12 : 3;
  return { count, of: (day) => (civilOf(day).month - startMonth + 12) % count };
};
