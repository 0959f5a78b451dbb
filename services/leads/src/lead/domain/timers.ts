import { instant, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';

/** When somebody must look at a lead although nothing happens to it, by what for: a deadline, a step of a plan, a place in a queue. */
export const timers = z.record(z.string(), instant);
export type Timers = z.infer<typeof timers>;

/** The timers with another time for one of them; null: there is nothing more to look for. */
export const withTimer = (before: Timers, name: string, at: Instant | null): Timers => {
  const others = Object.entries(before).filter(([other]) => other !== name);
  return Object.fromEntries(at === null ? others : [...others, [name, at]]);
};

/** The earliest of them; undefined where nobody has to look. */
export const nextCheckAt = (all: Timers): Instant | undefined => Object.values(all).toSorted()[0];

/** What has to be looked for by now, the earliest first. At its own time a look is due. */
export const dueTimers = (all: Timers, now: Instant): readonly string[] =>
  Object.entries(all)
    .filter(([, at]) => at <= now)
    .toSorted(([one, a], [other, b]) => (a === b ? (one < other ? -1 : 1) : a < b ? -1 : 1))
    .map(([name]) => name);
