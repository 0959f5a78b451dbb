import type { Opportunity } from './open-opportunity.ts';

/** How many of the most valuable opportunities of a node are looked at one by one. */
const looked = 16;

/** The most valuable opportunities, descending, the earlier of two equals first; `count`: of how many. */
export type Largest = { readonly top: readonly Opportunity[]; readonly count: number };

const descending = (a: Opportunity, b: Opportunity): number => b.value - a.value;

/** Keeps for each place the most valuable opportunities while they pass by. */
export const largestOf = (places: number) => {
  const byPlace = Array.from({ length: places }, () => ({ top: new Array<Opportunity>(), count: 0 }));
  return {
    byPlace,
    take: (one: Opportunity): void => {
      const kept = byPlace[one.place];
      if (kept === undefined) return;
      kept.count += 1;
      if (kept.top.length === looked && one.value <= (kept.top.at(-1)?.value ?? 0)) return;
      const at = kept.top.findIndex(({ value }) => value < one.value);
      kept.top.splice(at < 0 ? kept.top.length : at, 0, one);
      kept.top.length = Math.min(looked, kept.top.length);
    },
  };
};

/** The most valuable of some places together. */
export const largestIn = (largest: readonly Largest[], places: readonly number[]): Largest => {
  const those = places.flatMap((place) => largest[place] ?? []);
  return {
    top: those
      .flatMap(({ top }) => top)
      .toSorted(descending)
      .slice(0, looked),
    count: those.reduce((sum, { count }) => sum + count, 0),
  };
};
