import type { Milestone } from '@meilenstein/contracts';

/** The median of whole days; null of none. */
export const medianOf = (days: readonly number[]): number | null => {
  const sorted = days.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
};

/** A column: opportunities that have reached this milestone last. */
export type Column = Pick<Milestone, 'id' | 'name'> | { readonly id: null; readonly name: null };

/**
 * The columns of a board: no milestone yet, then the milestones of the newest version but the order, then those that only an earlier version
 * has and where somebody still is.
 */
export const columnsOf = (
  newest: readonly Milestone[],
  there: ReadonlySet<string | null>,
  earlier: readonly Milestone[],
): readonly Column[] => {
  const current: readonly Column[] = [{ id: null, name: null }, ...newest.slice(0, -1)];
  const known = new Set(current.map(({ id }) => id));
  const former = new Map(earlier.filter(({ id }) => there.has(id) && !known.has(id)).map((one) => [one.id, one]));
  return [...current, ...former.values()];
};
