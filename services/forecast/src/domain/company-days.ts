import {
  addDays,
  addMillis, dayOf, epochMillis, startOfDay, toInstant, utcDayOf, type Day, type Instant, type TimeZone } from '@meilenstein/kernel';
import type { DayNumber } from './engine/history.ts';

const millisOfDay = 86_400_000;

/** The number of a calendar day: days since 1970-01-01. */
export const dayNumber = (on: Day): DayNumber => Math.round(epochMillis(toInstant(`${on}T00:00:00Z`)) / millisOfDay);

/** The calendar day of a number. */
export const dayOfNumber = (number: DayNumber): Day => utcDayOf(toInstant(number * millisOfDay));

/** The day of an instant in UTC. */
export const utcDayNumber = (at: Instant): DayNumber => Math.floor(epochMillis(at) / millisOfDay);

/**
 * Which day an instant falls on in a zone. A hundred thousand opportunities ask for the same few thousand days, so the zone's rules are
 * read once for each UTC day: which local day it begins in, and when the next one begins.
 */
export const companyDays = (zone: TimeZone): ((at: Instant) => DayNumber) => {
  const known = new Map<number, { readonly first: DayNumber; readonly turns: number }>();
  const read = (utcDay: number) => {
    const first = dayOf(toInstant(utcDay * millisOfDay), zone);
    const turn = { first: dayNumber(first), turns: epochMillis(startOfDay(addDays(first, 1), zone)) };
    known.set(utcDay, turn);
    return turn;
  };
  return (at) => {
    const utcDay = utcDayNumber(at);
    const { first, turns } = known.get(utcDay) ?? read(utcDay);
    return epochMillis(at) < turns ? first : first + 1;
  };
};

/** Quarters of an hour since the beginning of the month, UTC: every zone in use today is a whole number of them away from UTC. */
export const slotOf = (at: Instant): number =>
  Math.floor((epochMillis(at) - epochMillis(toInstant(`${at.slice(0, 7)}-01T00:00:00Z`))) / 900_000);

/** The beginning of a slot of a month such as `2026-11`. */
export const instantOfSlot = (month: string, slot: number): Instant => addMillis(toInstant(`${month}-01T00:00:00Z`), slot * 900_000);
