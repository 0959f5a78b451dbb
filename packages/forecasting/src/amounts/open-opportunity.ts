/** Moments of a cell: `intensity` is -log of the chance that nothing is won. */
export type Moments = { mean: number; variance: number; intensity: number };

/** An open opportunity: its chance of a win within the window, its value if it is won, and the moments of chance times value. */
export type Opportunity = Readonly<Moments> & {
  readonly cell: number;
  readonly milestone: number;
  readonly chance: number;
  readonly value: number;
};
