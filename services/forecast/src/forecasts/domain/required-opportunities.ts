export type Required = {
  /** to be visible today; null where nothing visible today can be won in time */
  readonly count: number | null;
  /** what one that is visible today brings within the window, minor units */
  readonly worthOfOne: number;
};

/** How many more opportunities must be visible to close a gap, as they convert today. Null where there is no target; 0 where no gap. */
export const requiredOpportunities = (gap: number | null, worthOfOne: number): Required | null => {
  if (gap === null) return null;
  if (gap <= 0) return { count: 0, worthOfOne };
  return { count: worthOfOne > 0 ? Math.ceil(gap / worthOfOne) : null, worthOfOne };
};
