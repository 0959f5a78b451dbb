import { addDays, dayOf, epochMillis, startOfDay, toInstant, utcDayOf, type Day, type Instant, type TimeZone } from '@meilenstein/kernel';
import type { DayNumber } from '@meilenstein/forecasting/input/history';

const millisOfDay = 86_400_000;
const millisOfSlot = 900_000;

/** The number of a calendar day: days since 1970-01-01. */
export const dayNumber = (on: Day): DayNumber => Math.round(epochMillis(toInstant(`${on}T00:00:00Z`)) / millisOfDay);

/** The calendar day of a number. */
export const dayOfNumber = (number: DayNumber): Day => utcDayOf(toInstant(number * millisOfDay));

/** The day of an instant in UTC. */
export const utcDayNumber = (at: Instant): DayNumber => Math.floor(epochMillis(at) / millisOfDay);

/** From epoch milliseconds to the number of the day. */
export type DayOfMillis = (millis: number) => DayNumber;

/**
 * The day of an instant in a zone. A hundred thousand opportunities need the same few thousand days, so the zone's rules are read once for
 * each UTC day: the local day in which it begins, and the start of the next one.
 */
export const companyDays = (zone: TimeZone): DayOfMillis => {
  const known = new Map<number, { readonly first: DayNumber; readonly turns: number }>();
  const read = (utcDay: number) => {
    const first = dayOf(toInstant(utcDay * millisOfDay), zone);
    const turn = { first: dayNumber(first), turns: epochMillis(startOfDay(addDays(first, 1), zone)) };
    known.set(utcDay, turn);
    return turn;
  };
  return (millis) => {
    const utcDay = Math.floor(millis / millisOfDay);
    const { first, turns } = known.get(utcDay) ?? read(utcDay);
    return millis < turns ? first : first + 1;
  };
};

const monthBegan = (month: string): number => epochMillis(toInstant(`${month}-01T00:00:00Z`));

/** Quarters of an hour since the beginning of the month in UTC. Every zone in use today is a whole number of them away from UTC. */
export const slotOf = (at: Instant): number => Math.floor((epochMillis(at) - monthBegan(at.slice(0, 7))) / millisOfSlot);

/** When the slots of a month such as `2026-11` begin, in epoch milliseconds. */
export const slotsOf = (month: string): ((slot: number) => number) => {
  const began = monthBegan(month);
  return (slot) => began + slot * millisOfSlot;
};
