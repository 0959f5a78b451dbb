import type { Day, Instant } from '@meilenstein/kernel';
import type { MilestoneState } from './course.ts';

/** Ended stays in one milestone of one process: how they ended, and the whole days they lasted together. */
export type Flow = {
  readonly processId: string;
  readonly milestoneId: MilestoneState;
  readonly entries: number;
  readonly days: number;
  readonly won: number;
  readonly lost: number;
  /** exits to another milestone, by its id */
  readonly to: Readonly<Record<string, number>>;
};

/** Who works on something: team and rep as the events say. Teams, reps and the company are sums of such cells, so they add up. */
export type Cell = { readonly teamId: string; readonly repId: string };

export type Arrivals = Cell & { readonly day: Day; readonly count: number };

/** Orders less cancellations; `squares`: the sum of the squared amounts, exactly. */
export type OrderSums = Cell & { readonly wins: number; readonly minor: number; readonly squares: bigint };

export type OpenOpportunity = Cell & {
  readonly processId: string;
  readonly processVersion: number;
  readonly milestoneId: MilestoneState;
  /** minor units of the reporting currency; null where the amount is unknown or has no rate */
  readonly value: number | null;
};

/** Signed minor units of the reporting currency: an order, or minus a cancelled one. */
export type Booked = Cell & { readonly minor: number };

export type ProcessVersion = { readonly processId: string; readonly version: number; readonly milestoneIds: readonly string[] };

/** All that a forecast stands on. `open` and `booked` may hold only the node in question; the other parts are the company's. */
export type Facts = {
  readonly processes: readonly ProcessVersion[];
  readonly flow: readonly Flow[];
  readonly arrivals: readonly Arrivals[];
  readonly orders: readonly OrderSums[];
  readonly open: readonly OpenOpportunity[];
  readonly booked: readonly Booked[];
  readonly recordedUntil: Instant | null;
};
