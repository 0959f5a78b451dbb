import type { Counts, CounterKey } from '../counts/counters.ts';
import type { DayNumber, OpportunityHistory } from './history.ts';
import type { Node } from './node.ts';

/** A counter as it was read: the sum of all additions to it. Numbers that are 0 may be missing. */
export type Counter = { readonly key: CounterKey; readonly counts: Counts };

/** The milestones of a process, first to last, without the order itself: their sequence, and the prior of a cold start. */
export type ProcessShape = {
  readonly processId: string;
  readonly milestones: readonly {
    readonly milestone: string;
    /** from the template: the share of those that reach it that is won in the end (0 to 1), and the median days at it; null: unknown */
    readonly conversion: number | null;
    readonly medianDays: number | null;
  }[];
};

/** A window of days, `until` excluded. `kind` names windows that are graded together: 'month', 'quarter', 'week', '4w' … */
export type ForecastWindow = { readonly kind: string; readonly from: DayNumber; readonly until: DayNumber };

/**
 * A forecast as it was made, needed once its window has ended: for recalibration, the weights of the experts and the width of intervals.
 * Comes from the store (the first forecast of each window and node) or, for imported history, from `replay`. It does not hold the actual:
 * the engine takes that from the outcomes, by recorded day, on the days [origin, window.until).
 */
export type EarlierForecast = {
  readonly window: ForecastWindow;
  /** the first day that was still unknown when it was made */
  readonly origin: DayNumber;
  readonly node: Node;
  readonly record: ForecastRecord;
};

/** What is kept of a forecast for grading and learning. In minor units, without what was already booked. */
export type ForecastRecord = {
  readonly mean: number;
  readonly p10: number;
  readonly p90: number;
  /** each expert's figure before combination; `flow` before recalibration; absent where an expert had no history */
  readonly experts: Readonly<Record<string, number>>;
  /** the variance of the flow, before any widening */
  readonly variance: number;
  /** orders known when it was made: forecasts made with few orders count less in training */
  readonly wins: number;
};

/** Everything that a forecast is made from. The order of the lists has no meaning. */
export type ForecastInput = {
  readonly processes: readonly ProcessShape[];
  /** the company's flow, arrivals and outcomes; months before the oldest one count as unknown */
  readonly counters: readonly Counter[];
  /** every opportunity that was open at the end of yesterday, or is open now */
  readonly open: readonly OpportunityHistory[];
  readonly earlierForecasts: readonly EarlierForecast[];
};

/** The day, the windows and the teams of a forecast. `startMonth` (1 to 12) is the first month of the fiscal year. */
export type ForecastRequest = {
  /** the first day of which not everything is known; what has been recorded today is part of the input */
  readonly today: DayNumber;
  readonly startMonth: number;
  readonly windows: readonly ForecastWindow[];
  /** further nodes beside each owner, team, segment and process in the input: a team with all teams below it */
  readonly teams: readonly { readonly key: string; readonly teamIds: readonly string[] }[];
};

/** An assumption; a factor of 1 changes nothing. Open opportunities and arrivals of `lostOwners` are removed; what they have booked stays. */
export type WhatIf = {
  readonly amount: number;
  readonly winRate: number;
  readonly arrivals: number;
  readonly lostOwners: readonly string[];
};

export const asItIs: WhatIf = { amount: 1, winRate: 1, arrivals: 1, lostOwners: [] };
