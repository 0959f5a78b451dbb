import type { ForecastWindow, WhatIf } from '../input/forecast-input.ts';
import { chanceOf, highest, tablesOf, type FlowModel } from './flow-model.ts';
import { largestOf, type Largest } from '../amounts/largest.ts';
import type { Moments, Opportunity } from '../amounts/open-opportunity.ts';
import type { Situation } from '../input/situation.ts';

/** The open opportunities of one cell at one milestone. `mean` is the sum over all but the outsized ones. */
type OpenGroup = {
  readonly cell: number;
  readonly milestone: number;
  opportunities: number;
  withoutAmount: number;
  mean: number;
  outsized: number;
};

export type FlowForecast = {
  readonly openGroups: readonly OpenGroup[];
  /** by cell: the moments of all open opportunities but the outsized ones */
  readonly existing: readonly Moments[];
  /** by cell: the most valuable of these in descending order, and how many there are */
  readonly largest: readonly Largest[];
  readonly outsized: readonly Opportunity[];
  /** by cell: `worth` is what one that arrives today brings within the window; `pace` is arrivals per day */
  readonly future: readonly (Moments & { readonly wins: number; readonly worth: number; readonly pace: number })[];
};

const sum = (all: readonly { readonly mean: number }[]): number => all.reduce((whole, { mean }) => whole + mean, 0);

/** The flow's mean of all ordinary business. */
export const meanOf = ({ existing, future }: FlowForecast): number => sum(existing) + sum(future);

const moments = (): Moments => ({ mean: 0, variance: 0, intensity: 0 });

export type FlowQuestion = {
  readonly model: FlowModel;
  readonly situation: Situation;
  readonly whatIf: WhatIf;
  readonly tableOf: ReturnType<typeof tablesOf>;
};

/** The open group that an opportunity belongs to. */
export const groupKey = ({ cell, milestone }: { readonly cell: number; readonly milestone: number }): number => cell * 1000 + milestone;

/** Every open opportunity of the owners who stay, in the order of the situation. */
export function* opportunities({ model, situation, whatIf, tableOf }: FlowQuestion) {
  const { open, cells, processOf, segmentOf, today } = situation;
  const lost = new Set(whatIf.lostOwners);
  const isLost = cells.map(({ ownerId }) => lost.has(ownerId));
  const worths = cells.map((_, cell) => model.worth(processOf[cell] ?? 0, segmentOf[cell] ?? 0));
  for (let i = 0; i < open.length; i += 1) {
    const [cell, milestone] = [open.cell[i] ?? 0, open.milestone[i] ?? 0];
    const worth = worths[cell];
    if (worth === undefined || isLost[cell] === true) continue;
    const known = open.known[i] ?? Number.NaN;
    const isKnown = !Number.isNaN(known);
    const chance = Math.min(highest, chanceOf(tableOf(cell), milestone, today - (open.since[i] ?? today)) * whatIf.winRate);
    const value = (isKnown ? known * worth.ratio : worth.mean) * whatIf.amount;
    const valueVariance = isKnown ? worth.spread * value ** 2 : (worth.square - worth.mean ** 2) * whatIf.amount ** 2;
    const variance = chance * (1 - chance) * value ** 2 + chance * valueVariance;
    // without the assumption: an assumption must not turn an ordinary opportunity into an outsized one
    const isOutsized = isKnown && known * worth.ratio >= model.outsizedFrom;
    yield {
      index: i,
      cell,
      milestone,
      chance,
      value,
      mean: chance * value,
      variance,
      intensity: -Math.log1p(-chance),
      isKnown,
      isOutsized,
    };
  }
}

const existingOf = (question: FlowQuestion): Omit<FlowForecast, 'future'> => {
  const existing = question.situation.cells.map(moments);
  const largest = largestOf(existing.length);
  const openGroups = new Map<number, OpenGroup>();
  const outsized: Opportunity[] = [];
  for (const one of opportunities(question)) {
    const { cell, milestone } = one;
    const key = groupKey(one);
    const at = openGroups.get(key) ?? { cell, milestone, opportunities: 0, withoutAmount: 0, mean: 0, outsized: 0 };
    openGroups.set(key, at);
    at.opportunities += 1;
    at.withoutAmount += one.isKnown ? 0 : 1;
    const sum = existing[cell];
    if (one.isOutsized) {
      at.outsized += one.mean;
      outsized.push(one);
    } else if (sum !== undefined && one.mean > 0) {
      // without any orders yet the mean is 0, and such an opportunity must not raise the probability of a sum
      at.mean += one.mean;
      sum.mean += one.mean;
      sum.variance += one.variance;
      sum.intensity += one.intensity;
      largest.take(one);
    }
  }
  return {
    openGroups: [...openGroups].toSorted(([a], [b]) => a - b).map(([, one]) => one),
    existing,
    largest: largest.byCell,
    outsized: outsized.toSorted((a, b) => b.value - a.value),
  };
};

const futureOf = ({ model, situation, whatIf, tableOf }: FlowQuestion): FlowForecast['future'] => {
  const { cells, processOf, segmentOf } = situation;
  return cells.map(({ ownerId }, cell) => {
    const pace = model.pace[cell] ?? 0;
    if (pace === 0 || whatIf.lostOwners.includes(ownerId)) return { ...moments(), wins: 0, worth: 0, pace: 0 };
    const worth = model.worth(processOf[cell] ?? 0, segmentOf[cell] ?? 0);
    const perArrival = (tableOf(cell)?.arriving ?? new Float64Array(0)).reduce((sum, chance) => sum + chance, 0);
    const wins = pace * perArrival * whatIf.winRate * whatIf.arrivals;
    const mean = worth.mean * whatIf.amount;
    const first = tableOf(cell)?.arriving[0] ?? 0;
    return {
      pace,
      wins,
      intensity: wins,
      mean: wins * mean,
      variance: wins * worth.square * whatIf.amount ** 2,
      worth: first * whatIf.winRate * mean,
    };
  });
};

/** What open and future opportunities bring within a window, cell by cell (docs/model/forecast.md 4). */
export const flowForecast = (model: FlowModel, situation: Situation, window: ForecastWindow, whatIf: WhatIf): FlowForecast => {
  const question: FlowQuestion = { model, situation, whatIf, tableOf: tablesOf(model, situation, window) };
  return { ...existingOf(question), future: futureOf(question) };
};
