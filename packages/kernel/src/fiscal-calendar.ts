import * as z from 'zod';

/** ISO weekdays: 1 is Monday, 7 is Sunday. */
const weekday = z.int().min(1).max(7);
const month = z.int().min(1).max(12);

/** A fiscal year of twelve calendar months. */
const calendarOfMonths = z.object({
  kind: z.literal('months'),
  startMonth: month,
  weekStartsOn: weekday.optional().describe('First day of each week: 1 Monday (where absent) to 7 Sunday.'),
});

/** A fiscal year of 52 or 53 whole weeks: each quarter has three months of 4, 4 and 5 weeks, in one of three orders. */
const calendarOfWeeks = z.object({
  kind: z.literal('weeks'),
  pattern: z
    .enum(['4-4-5', '4-5-4', '5-4-4'])
    .describe('Weeks of the three months of each quarter. A 53rd week belongs to the last month of the year.'),
  endMonth: month.describe('The fiscal year ends at or near the end of this month.'),
  endWeekday: weekday.describe('Last day of the fiscal year and of each week: 1 Monday to 7 Sunday.'),
  yearEnd: z
    .enum(['last', 'nearest'])
    .describe('`last`: the year ends on the last `endWeekday` of `endMonth`; `nearest`: on the one nearest to the end of `endMonth`.'),
});

/** How a company divides its year into quarters, months and weeks. */
export const fiscalCalendar = z.discriminatedUnion('kind', [calendarOfMonths, calendarOfWeeks]);
export type FiscalCalendar = z.infer<typeof fiscalCalendar>;

/** The calendar month with which, or near whose beginning, a fiscal year starts. */
export const startMonthOf = (calendar: FiscalCalendar): number => {
  switch (calendar.kind) {
    case 'months':
      return calendar.startMonth;
    case 'weeks':
      return (calendar.endMonth % 12) + 1;
  }
};
