// How wide an interval is on purpose while a process is new (docs/model/forecast.md 8.5).
import { largestIn, type Largest } from '../amounts/largest.ts';

/** From so many wins of a process on, what it expects is learnt from its own facts. */
export const enoughWins = 20;

/**
 * The value of the most valuable open opportunity among those of processes with few wins: the chances there come from a prior that nobody
 * has tested yet, so it is neither ruled out that it is won. 0: there is none. It never falls when there is one more opportunity.
 */
export const dearestOfFewFacts = (largest: readonly Largest[], cells: readonly number[], winsOf: (cell: number) => number): number => {
  const few = cells.filter((cell) => winsOf(cell) < enoughWins);
  return largestIn(largest, few).top[0]?.value ?? 0;
};
