/** Moments of a cell: `intensity` is -log of the chance that nothing is won. */
export type Moments = { mean: number; variance: number; intensity: number };

/** An open opportunity: its chance within the window, what it brings then and the moments of the two together. */
export type Opportunity = Readonly<Moments> & {
  readonly cell: number;
  readonly milestone: number;
  readonly chance: number;
  readonly value: number;
};
