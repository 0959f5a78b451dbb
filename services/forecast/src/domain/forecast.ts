import type { Instant } from '@meilenstein/kernel';
import { existingOf, type AtMilestone } from './existing.ts';
import type { Facts } from './facts.ts';
import { firstDayOf, futureOf } from './future.ts';
import { hurdleGammaQuantile } from './interval.ts';
import { orderValueOf } from './order-value.ts';
import { concerns, endedWindows, type Question } from './question.ts';
import { pooledOf } from './win-probability.ts';

/** A distribution of what will be won in the window, in minor units of the reporting currency; mean = booked + existing + future. */
export type Figures = {
  readonly mean: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly booked: number;
  readonly existing: { readonly total: number; readonly byMilestone: readonly AtMilestone[] };
  readonly future: number;
  readonly enoughFacts: boolean;
  readonly basis: { readonly wins: number; readonly endedWindows: number; readonly recordedUntil: Instant | null };
};

/** Before that many wins and ended windows nobody should plan on the interval. */
const enough = { wins: 20, endedWindows: 3 };

// The one seam: a better engine replaces what is behind this function, and nothing around it.
export const forecastOf = (facts: Facts, question: Question): Figures => {
  const value = orderValueOf(facts.orders);
  const pooled = pooledOf(facts.flow, facts.processes);
  const existing = existingOf(facts, question, value, pooled);
  const future = futureOf(facts, question, value, pooled);
  const booked = facts.booked.filter((one) => concerns(question, one)).reduce((sum, one) => sum + one.minor, 0);
  const open = {
    mean: existing.total + future.mean,
    variance: existing.variance + future.variance,
    intensity: existing.intensity + future.wins,
  };
  const quantile = (probability: number): number => booked + Math.round(hurdleGammaQuantile(open, probability));
  const ended = endedWindows(question, firstDayOf(facts.arrivals));
  return {
    mean: booked + existing.total + future.mean,
    p10: quantile(0.1),
    p50: quantile(0.5),
    p90: quantile(0.9),
    booked,
    existing: { total: existing.total, byMilestone: existing.byMilestone },
    future: future.mean,
    enoughFacts: value.wins >= enough.wins && ended >= enough.endedWindows,
    basis: { wins: value.wins, endedWindows: ended, recordedUntil: facts.recordedUntil },
  };
};
