import type { ForecastWindow, ForecastRecord } from './input/forecast-input.ts';
import type { DayNumber, OpenState } from './input/history.ts';
import type { Node } from './input/node.ts';

/** What is expected of opportunities that are open at one milestone. `milestone` '': none reached yet. */
export type AtMilestone = {
  readonly processId: string;
  readonly milestone: string;
  readonly opportunities: number;
  readonly withoutAmount: number;
  readonly expected: number;
};

/**
 * The forecast of a node for a window; whole minor units. mean = booked + Σ existing + future, and for each of these parts the total is
 * the sum over owners, over teams (those of the cells), over segments and over processes. p10 ≤ p50 ≤ p90, none below booked where
 * nothing is cancelled.
 */
export type NodeForecast = {
  readonly node: Node;
  readonly window: ForecastWindow;
  readonly mean: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly booked: number;
  readonly existing: readonly AtMilestone[];
  readonly future: number;
  /** expected number of wins of opportunities that do not exist yet */
  readonly futureWins: number;
  /** what one that arrives today brings within the window, in minor units; a gap divided by it is the number that is needed. 0: unknown */
  readonly newOpportunityWorth: number;
  /** of ordinary business: the final remaining mean ÷ the flow. The effect of recalibration, other experts and sharing together */
  readonly factor: number;
  /** to be kept with a snapshot; comes back as `EarlierForecast` */
  readonly record: ForecastRecord;
  readonly enoughFacts: boolean;
  readonly basis: { readonly wins: number; readonly endedWindows: number };
};

/**
 * An open opportunity, and what the forecast of a window expects of it, in whole minor units. Over the opportunities of a node these sum to
 * its existing part exactly, milestone by milestone.
 */
export type ExpectedOpportunity = OpenState & { readonly id: string; readonly expected: number };

export type Forecast = {
  readonly today: DayNumber;
  readonly nodes: readonly NodeForecast[];
  /** by the kind of the window, the earliest arrival first; computed when it is asked for */
  readonly expectedOf: (kind: string) => readonly ExpectedOpportunity[];
};

/**
 * Why a forecast changed, in whole minor units; the parts sum to `difference` exactly. Each opportunity is valued on both days with the
 * hazards of the later forecast; `recalibration` is what changed hazards, factors and weights explain.
 */
export type Change = {
  readonly difference: number;
  /** orders (less cancellations) since, less what was expected of them */
  readonly won: number;
  readonly lost: number;
  readonly milestoneMoves: number;
  /** opportunities that stayed at their milestones while days of the window passed */
  readonly ageing: number;
  /** opportunities that arrived since, less what was expected to arrive in that time */
  readonly arrived: number;
  /** a changed amount, owner, team or segment */
  readonly amended: number;
  readonly recalibration: number;
};
