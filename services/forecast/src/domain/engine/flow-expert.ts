import { oldest } from './ages.ts';
import { arrivalPace } from './arrival-pace.ts';
import type { ForecastWindow, WhatIf } from './evidence.ts';
import { fitHazards, type Hazards } from './hazards.ts';
import { orderWorth } from './order-worth.ts';
import type { Situation } from './situation.ts';
import { winTable, type WinTable } from './win-table.ts';

/** No opportunity is ever certain. */
const highest = 0.98;

/** What the flow says of one place: open opportunities at one milestone. */
export type Standing = { readonly place: number; readonly milestone: number; opportunities: number; withoutAmount: number; mean: number };

/** Moments of a place: `intensity` is -log of the chance that nothing is won. */
export type Moments = { mean: number; variance: number; intensity: number };

export type FlowForecast = {
  readonly standing: readonly Standing[];
  readonly existing: readonly Moments[];
  /** `worth`: of one that arrives today, within the window; `pace`: arrivals a day */
  readonly future: readonly (Moments & { readonly wins: number; readonly worth: number; readonly pace: number })[];
};

/** The parts of the flow that do not depend on the window. */
export type FlowModel = {
  readonly hazards: readonly Hazards[];
  readonly worth: ReturnType<typeof orderWorth>;
  readonly pace: Float64Array;
};

export const flowModel = (situation: Situation): FlowModel => ({
  hazards: situation.processes.map(({ counts, prior }) => fitHazards(counts, prior, situation)),
  worth: orderWorth(situation),
  pace: arrivalPace(situation),
});

/** The tables of chances for a window, one for each process and segment, made when first asked for. */
export const tablesOf = (
  { hazards }: FlowModel,
  situation: Pick<Situation, 'today' | 'processOf' | 'segmentOf'>,
  window: ForecastWindow,
): ((place: number) => WinTable | undefined) => {
  const tables = new Map<string, WinTable>();
  const span = { today: situation.today, from: Math.max(window.from, situation.today), until: window.until };
  return (place) => {
    const [process, segment] = [situation.processOf[place] ?? 0, situation.segmentOf[place] ?? 0];
    const key = `${process} ${segment}`;
    const fitted = hazards[process];
    const table = tables.get(key) ?? (fitted === undefined ? undefined : winTable(fitted, segment, span));
    if (table !== undefined) tables.set(key, table);
    return table;
  };
};

/** The chance that an opportunity is won within the window. */
export const chanceOf = (table: WinTable | undefined, milestone: number, age: number): number =>
  Math.min(highest, table?.now[milestone]?.[Math.min(Math.max(0, age), oldest)] ?? 0);

const moments = (): Moments => ({ mean: 0, variance: 0, intensity: 0 });

/** What open opportunities and those still to arrive bring within a window, place by place (`forecast` 2). */
export const flowForecast = (model: FlowModel, situation: Situation, window: ForecastWindow, whatIf: WhatIf): FlowForecast => {
  const tableOf = tablesOf(model, situation, window);
  const { open, places, processOf, segmentOf, today } = situation;
  const lost = new Set(whatIf.lostOwners);
  const isLost = places.map(({ ownerId }) => lost.has(ownerId));
  const worths = places.map((_, place) => model.worth(processOf[place] ?? 0, segmentOf[place] ?? 0));
  const existing = places.map(moments);
  const standing = new Map<number, Standing>();
  for (let i = 0; i < open.length; i += 1) {
    const [place, milestone] = [open.place[i] ?? 0, open.milestone[i] ?? 0];
    const [worth, sum] = [worths[place], existing[place]];
    if (worth === undefined || sum === undefined || isLost[place] === true) continue;
    const known = open.known[i] ?? Number.NaN;
    const isKnown = !Number.isNaN(known);
    const chance = Math.min(highest, chanceOf(tableOf(place), milestone, today - (open.since[i] ?? today)) * whatIf.winRate);
    const value = (isKnown ? known * worth.ratio : worth.mean) * whatIf.amount;
    const valueVariance = isKnown ? worth.spread * value ** 2 : (worth.square - worth.mean ** 2) * whatIf.amount ** 2;
    const key = place * 1000 + milestone;
    const at = standing.get(key) ?? { place, milestone, opportunities: 0, withoutAmount: 0, mean: 0 };
    standing.set(key, at);
    at.opportunities += 1;
    at.withoutAmount += isKnown ? 0 : 1;
    at.mean += chance * value;
    sum.mean += chance * value;
    sum.variance += chance * (1 - chance) * value ** 2 + chance * valueVariance;
    sum.intensity -= Math.log1p(-chance);
  }
  const future = places.map((_, place) => {
    const [pace, worth] = [model.pace[place] ?? 0, worths[place]];
    if (pace === 0 || worth === undefined || isLost[place] === true) return { ...moments(), wins: 0, worth: 0, pace: 0 };
    const perArrival = (tableOf(place)?.arriving ?? new Float64Array(0)).reduce((sum, chance) => sum + chance, 0);
    const wins = pace * perArrival * whatIf.winRate * whatIf.arrivals;
    const mean = worth.mean * whatIf.amount;
    const first = tableOf(place)?.arriving[0] ?? 0;
    return {
      pace,
      wins,
      intensity: wins,
      mean: wins * mean,
      variance: wins * worth.square * whatIf.amount ** 2,
      worth: first * whatIf.winRate * mean,
    };
  });
  return { standing: [...standing].toSorted(([a], [b]) => a - b).map(([, one]) => one), existing, future };
};
