import type { Opportunity } from './open-opportunity.ts';

/** How many of the most valuable opportunities of a node are examined at one by one. */
const examined = 16;

/** The most valuable opportunities, descending, the earlier of two equals first; `count`: of how many. */
export type Largest = { readonly top: readonly Opportunity[]; readonly count: number };

const descending = (a: Opportunity, b: Opportunity): number => b.value - a.value;

/** Keeps for each cell the most valuable opportunities while they pass by. */
export const largestOf = (cells: number) => {
  const byCell = Array.from({ length: cells }, () => ({ top: new Array<Opportunity>(), count: 0 }));
  return {
    byCell,
    take: (one: Opportunity): void => {
      const kept = byCell[one.cell];
      if (kept === undefined) return;
      kept.count += 1;
      if (kept.top.length === examined && one.value <= (kept.top.at(-1)?.value ?? 0)) return;
      const at = kept.top.findIndex(({ value }) => value < one.value);
      kept.top.splice(at < 0 ? kept.top.length : at, 0, one);
      kept.top.length = Math.min(examined, kept.top.length);
    },
  };
};

/** The most valuable of some cells together. */
export const largestIn = (largest: readonly Largest[], cells: readonly number[]): Largest => {
  const those = cells.flatMap((cell) => largest[cell] ?? []);
  return {
    top: those
      .flatMap(({ top }) => top)
      .toSorted(descending)
      .slice(0, examined),
    count: those.reduce((sum, { count }) => sum + count, 0),
  };
};
