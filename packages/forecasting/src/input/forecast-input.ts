import type { Counts, CounterKey } from '../counts/counters.ts';
import type { DayNumber, OpportunityHistory } from './history.ts';
import type { Node } from './node.ts';

/** A key as it was read: the sum of all additions to it. A number that is 0 may be missing. */
export type Counter = { readonly key: CounterKey; readonly counts: Counts };

/** A process by its milestones, first to last, without the order itself. Gives the order of milestones, and the prior of a cold start. */
export type ProcessShape = {
  readonly processId: string;
  readonly milestones: readonly {
    readonly milestone: string;
    /** share of those that reach it that is won in the end, 0 to 1, and median days at it: from the template; null: unknown */
    readonly conversion: number | null;
    readonly medianDays: number | null;
  }[];
};

/** A window of days, `until` excluded. `kind` names windows that are graded together: 'month', 'quarter', 'week', '4w' … */
export type ForecastWindow = { readonly kind: string; readonly from: DayNumber; readonly until: DayNumber };

/**
 * A forecast as it was made, needed once its window has ended: for recalibration, the weights of the experts and the width of intervals.
 * Comes from stored snapshots (the first one made in a window, for each node); where a history was imported, from `replay`. What really
 * came is not in here: the engine takes it from the outcomes, by recorded day, on the days [origin, window.until).
 */
export type EarlierForecast = {
  readonly window: ForecastWindow;
  /** the first day that was still unknown */
  readonly origin: DayNumber;
  readonly node: Node;
  readonly record: ForecastRecord;
};

/** What to keep of a forecast, for grading it later and for learning from it. Minor units; without what was booked already. */
export type ForecastRecord = {
  readonly mean: number;
  readonly p10: number;
  readonly p90: number;
  /** what each expert said, before combination; `flow` before recalibration; an expert that had nothing to say is absent */
  readonly experts: Readonly<Record<string, number>>;
  /** of the flow expert, before any widening */
  readonly variance: number;
  /** orders known when it was made: what was said without experience teaches little */
  readonly wins: number;
};

/** All that a forecast stands on. The order of every list is without meaning. */
export type ForecastInput = {
  readonly processes: readonly ProcessShape[];
  /** flow, arrivals and outcomes, the company's; months before the oldest that are read count as unknown */
  readonly counters: readonly Counter[];
  /** every opportunity that is open at the end of yesterday (or now) */
  readonly open: readonly OpportunityHistory[];
  readonly earlierForecasts: readonly EarlierForecast[];
};

/** When and for what. `startMonth` 1 to 12: the first month of the fiscal year. */
export type ForecastRequest = {
  /** the first day of which not everything is known; what was recorded today already is input too */
  readonly today: DayNumber;
  readonly startMonth: number;
  readonly windows: readonly ForecastWindow[];
  /** nodes beside each owner, team, segment and process that the input names: a team with all below it */
  readonly teams: readonly { readonly key: string; readonly teamIds: readonly string[] }[];
};

/** What if: each 1 changes nothing. Open opportunities and arrivals of `lostOwners` fall away; what they have booked stays. */
export type WhatIf = {
  readonly amount: number;
  readonly winRate: number;
  readonly arrivals: number;
  readonly lostOwners: readonly string[];
};

export const asItIs: WhatIf = { amount: 1, winRate: 1, arrivals: 1, lostOwners: [] };
