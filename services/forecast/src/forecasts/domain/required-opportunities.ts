export type Required = {
  /** to be opened today; null when nothing opened today can be won in time */
  readonly count: number | null;
  /** what one that is opened today brings within the window, in minor units */
  readonly worthOfOne: number;
};

/** How many opportunities must be opened today to close a gap (docs/model/formulas.md 3.5). Null without a target; 0 without a gap. */
export const requiredOpportunities = (gap: number | null, worthOfOne: number): Required | null => {
  if (gap === null) return null;
  if (gap <= 0) return { count: 0, worthOfOne };
  return { count: worthOfOne > 0 ? Math.ceil(gap / worthOfOne) : null, worthOfOne };
};
