import { instant, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';

/** When a due check must run for a lead, by kind: a response deadline, a step of a sequence, the time in a queue. */
export const timers = z.record(z.string(), instant);
export type Timers = z.infer<typeof timers>;

/** The timers with another time for one of them; null removes it. */
export const withTimer = (before: Timers, name: string, at: Instant | null): Timers => {
  const others = Object.entries(before).filter(([other]) => other !== name);
  return Object.fromEntries(at === null ? others : [...others, [name, at]]);
};

/** The earliest timer; undefined if there is none. */
export const nextCheckAt = (all: Timers): Instant | undefined => Object.values(all).toSorted()[0];

/** The timers that are due by now, the earliest first. A timer is due at its own time. */
export const dueTimers = (all: Timers, now: Instant): readonly string[] =>
  Object.entries(all)
    .filter(([, at]) => at <= now)
    .toSorted(([one, a], [other, b]) => (a === b ? (one < other ? -1 : 1) : a < b ? -1 : 1))
    .map(([name]) => name);
