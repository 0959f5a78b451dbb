import type { Company } from '@meilenstein/contracts';
import { addDays, isoWeekday, type Day } from '@meilenstein/kernel';

type Days = { readonly from: Day; readonly until: Day };

const saturday = 6;

/** The days from Monday to Friday on which the company works: a holiday of all regions is none of them. */
export const workingDaysIn = ({ holidays }: Pick<Company, 'holidays'>, { from, until }: Days): readonly Day[] => {
  const [first, ...others] = Object.values(holidays).map((days) => new Set(days));
  const isHoliday = (on: Day): boolean => first?.has(on) === true && others.every((region) => region.has(on));
  const days: Day[] = [];
  for (let on = from; on < until; on = addDays(on, 1)) if (isoWeekday(on) < saturday && !isHoliday(on)) days.push(on);
  return days;
};
