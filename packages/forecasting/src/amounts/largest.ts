import type { Opportunity } from './open-opportunity.ts';

/** How many of the most valuable opportunities of a cell are examined one by one. */
const examined = 16;

/** The most valuable opportunities in descending order, the earlier of two equals first. `count` is the number they were chosen from. */
export type Largest = { readonly top: readonly Opportunity[]; readonly count: number };

const descending = (a: Opportunity, b: Opportunity): number => b.value - a.value;

/** Collects the most valuable opportunities of each cell. */
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

/** The most valuable opportunities of several cells taken together. */
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
