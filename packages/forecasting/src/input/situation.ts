import type { TrainingExample } from '../learning/learned-parameters.ts';
import type { FlowCounts } from '../counts/flow-counts.ts';
import type { FlowPrior } from '../hazards/flow-prior.ts';
import type { DayNumber, Cell } from './history.ts';
import type { MonthNumber } from './months.ts';

/** One process and its counts, including the days at risk of open opportunities. */
export type ProcessFlow = { readonly processId: string; readonly counts: FlowCounts; readonly prior: FlowPrior | null };

/** Arrivals by day, earliest first. `cell` is an index into the cells. */
type ArrivalColumns = {
  readonly length: number;
  readonly day: Int32Array;
  readonly cell: Int32Array;
  readonly count: Float64Array;
};

/** Orders less cancellations by day, earliest first. */
export type OrderColumns = {
  readonly length: number;
  readonly day: Int32Array;
  readonly cell: Int32Array;
  readonly wins: Float64Array;
  readonly minor: Float64Array;
};

/** Open opportunities in a fixed order. `milestone`: index into the milestones of the cell's process; `known`: NaN where unknown. */
export type OpenColumns = {
  readonly length: number;
  readonly cell: Int32Array;
  readonly milestone: Int32Array;
  readonly since: Int32Array;
  readonly arrived: Int32Array;
  readonly known: Float64Array;
};

/** Sums over the orders of a month in a cell; see the outcomes of `Counts`. */
export type WorthSums = {
  readonly month: MonthNumber;
  readonly cell: number;
  readonly wins: number;
  readonly minor: number;
  readonly squares: number;
  readonly withKnown: number;
  readonly known: number;
  readonly realised: number;
  readonly realisedSquares: number;
  readonly knownSquares: number;
  readonly knownTimesRealised: number;
};

/** Everything that is known at the beginning of a day, dense and in a fixed order. The experts read it. */
export type Situation = {
  readonly today: DayNumber;
  readonly startMonth: number;
  /** the day of the first fact; today where there is none */
  readonly firstDay: DayNumber;
  readonly cells: readonly Cell[];
  /** for each cell the index of its process, and of its segment in that process's counts */
  readonly processOf: Int32Array;
  readonly segmentOf: Int32Array;
  readonly processes: readonly ProcessFlow[];
  readonly arrivals: ArrivalColumns;
  readonly orders: OrderColumns;
  readonly worth: readonly WorthSums[];
  readonly open: OpenColumns;
  /** in order of the end of the window */
  readonly trainingData: readonly TrainingExample[];
};
