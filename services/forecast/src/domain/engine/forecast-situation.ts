import { hurdleGammaQuantile } from '../interval.ts';
import { asItIs, type Asked, type ForecastWindow, type Track, type WhatIf } from './evidence.ts';
import { flowForecast, flowModel, type FlowForecast, type FlowModel } from './flow-expert.ts';
import { balanceOf, excessOf, recalibrationOf, trustIn, widthOf, type Lesson } from './lessons.ts';
import { nodesOver, total, type NodeOfPlaces } from './nodes.ts';
import { recentlyWonByPlace, wonByPlace } from './outcome-series.ts';
import { paceExperts } from './pace-experts.ts';
import { placeFactors } from './place-factors.ts';
import { blendShares, splitEstimate } from './reconcile.ts';
import type { AtMilestone, Level, NodeForecast } from './result.ts';
import type { Situation } from './situation.ts';

/** Before that many wins and ended windows nobody should plan on the interval. */
const enough = { wins: 20, endedWindows: 3 };

const sum = (values: Iterable<number>): number => {
  let all = 0;
  for (const one of values) all += one;
  return all;
};

const meanOf = ({ existing, future }: FlowForecast): number => sum(existing.map((one) => one.mean)) + sum(future.map((one) => one.mean));

/** The experts' figures for the whole, with the flow as it is and recalibrated; their combination: the mean of a mixture of opinions. */
const combined = (flow: number, situation: Situation, window: ForecastWindow, lessons: readonly Lesson[]) => {
  const shortest = Math.min(...situation.past.map((one) => one.window.until - one.window.from));
  const ofBucket = situation.past.filter((one) => one.window.until - one.window.from <= shortest + 3);
  const calibrated = flow * recalibrationOf(ofBucket, total, situation.today);
  const experts: Record<string, number> = { flow, calibrated, ...paceExperts(situation, window) };
  let [weights, figures] = [0, 0];
  for (const [name, figure] of Object.entries(experts)) {
    if (figure <= 0) continue;
    const weight = trustIn(name, lessons, total, situation.today);
    weights += weight;
    figures += weight * figure;
  }
  return { experts, mean: weights > 0 ? Math.round((figures / weights) * balanceOf(lessons, total, situation.today)) : 0 };
};

/** Whole minor units for each standing and each place's future, so that every sum of them adds up. */
const settle = (flow: FlowForecast, mean: number, recent: Float64Array, factors: Float64Array) => {
  const ofPlace = Float64Array.from(flow.existing, (existing, place) => existing.mean + (flow.future[place]?.mean ?? 0));
  const shares = blendShares(
    ofPlace.map((one, place) => one * (factors[place] ?? 1)),
    recent,
  );
  const scale = shares.map((share, place) => ((ofPlace[place] ?? 0) > 0 ? share / (ofPlace[place] ?? 1) : 0));
  const standing = flow.standing.map((one) => one.mean * (scale[one.place] ?? 0));
  const future = flow.future.map((one, place) => ((ofPlace[place] ?? 0) > 0 ? one.mean * (scale[place] ?? 0) : (shares[place] ?? 0)));
  const parts = splitEstimate(mean, Float64Array.from([...standing, ...future]));
  return { standing: parts.subarray(0, standing.length), future: parts.subarray(standing.length) };
};

type Settled = {
  readonly situation: Situation;
  readonly window: ForecastWindow;
  readonly flow: FlowForecast;
  readonly parts: ReturnType<typeof settle>;
  /** indexes of what stands at each place: a company has many nodes, and each looks at its own places only */
  readonly standingAt: readonly (readonly number[])[];
  readonly booked: Float64Array;
  readonly wins: Float64Array;
  readonly experts: Readonly<Record<string, number>>;
  readonly spread: (level: Level) => { readonly excess: number; readonly width: number };
};

const atMilestones = ({ situation, flow, parts, standingAt }: Settled, places: readonly number[]): readonly AtMilestone[] => {
  const found = new Map<string, { -readonly [Name in keyof AtMilestone]: AtMilestone[Name] }>();
  const take = (index: number): void => {
    const one = flow.standing[index];
    if (one === undefined) return;
    const process = situation.processes[situation.processOf[one.place] ?? 0];
    if (process === undefined) return;
    const milestone = process.counts.milestones[one.milestone] ?? '';
    const key = `${situation.processOf[one.place]} ${one.milestone}`;
    const at = found.get(key) ?? { processId: process.processId, milestone, opportunities: 0, withoutAmount: 0, expected: 0 };
    at.opportunities += one.opportunities;
    at.withoutAmount += one.withoutAmount;
    at.expected += parts.standing[index] ?? 0;
    found.set(key, at);
  };
  for (const place of places) standingAt[place]?.forEach(take);
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, at]) => at);
};

const indexesByPlace = ({ standing }: FlowForecast, places: number): readonly (readonly number[])[] => {
  const at: number[][] = Array.from({ length: places }, () => []);
  standing.forEach(({ place }, index) => at[place]?.push(index));
  return at;
};

/** What an opportunity that arrives today is worth within the window, over the places where they arrive. */
const worthOfOne = ({ future }: FlowForecast, places: readonly number[]): number => {
  const arriving = places.flatMap((place) => future[place] ?? []);
  const pace = sum(arriving.map((one) => one.pace));
  return pace > 0 ? sum(arriving.map((one) => one.pace * one.worth)) / pace : 0;
};

const nodeForecast = (settled: Settled, { node, places }: NodeOfPlaces): NodeForecast => {
  const { situation, flow, parts, window } = settled;
  const existing = atMilestones(settled, places);
  const of = (values: { readonly [index: number]: number }): number => sum(places.map((place) => values[place] ?? 0));
  const moments = places.flatMap((place) => [flow.existing[place], flow.future[place]]).filter((one) => one !== undefined);
  const flowMean = sum(moments.map((one) => one.mean));
  const future = of(parts.future);
  const remaining = future + sum(existing.map((one) => one.expected));
  const factor = flowMean > 0 ? remaining / flowMean : 1;
  const variance = sum(moments.map((one) => one.variance)) * factor ** 2;
  const { excess, width } = settled.spread(node.level);
  const intensity = sum(moments.map((one) => one.intensity)) * Math.max(factor, 0);
  const open = { mean: remaining, variance: width ** 2 * (variance + excess * remaining ** 2), intensity: intensity > 0 ? intensity : 1 };
  const [p10, p50, p90] = [0.1, 0.5, 0.9].map((probability) => Math.round(hurdleGammaQuantile(open, probability)));
  const booked = of(settled.booked);
  const experts = node.level === 'total' ? settled.experts : { flow: flowMean };
  const basis = {
    wins: of(settled.wins),
    endedWindows: Math.max(0, Math.floor((situation.today - situation.firstDay) / Math.max(1, window.until - window.from))),
  };
  const track: Track = { mean: remaining, p10: p10 ?? 0, p90: p90 ?? 0, experts, variance, wins: basis.wins };
  return {
    node,
    window,
    mean: booked + remaining,
    p10: booked + (p10 ?? 0),
    p50: booked + (p50 ?? 0),
    p90: booked + (p90 ?? 0),
    booked,
    existing,
    future,
    futureWins: sum(places.map((place) => flow.future[place]?.wins ?? 0)),
    newOpportunityWorth: worthOfOne(flow, places) * factor,
    factor,
    track,
    enoughFacts: basis.wins >= enough.wins && basis.endedWindows >= enough.endedWindows,
    basis,
  };
};

const winsByPlace = ({ orders, places }: Situation): Float64Array => {
  const wins = new Float64Array(places.length);
  for (let i = 0; i < orders.length; i += 1) {
    const place = orders.place[i] ?? 0;
    wins[place] = (wins[place] ?? 0) + (orders.wins[i] ?? 0);
  }
  return wins;
};

const placesInUse = ({ arrivals, orders, open, places }: Situation): readonly boolean[] => {
  const used = places.map(() => false);
  for (const columns of [arrivals, orders, open]) for (let i = 0; i < columns.length; i += 1) used[columns.place[i] ?? 0] = true;
  return used;
};

/** The forecast of every node for every window, from what is known at the beginning of a day. */
export const forecastSituation = (
  situation: Situation,
  asked: Pick<Asked, 'windows' | 'teams'>,
  whatIf: WhatIf,
  model: FlowModel = flowModel(situation),
): readonly NodeForecast[] => {
  const used = placesInUse(situation);
  const nodes = nodesOver(situation.places, (place) => used[place] ?? false, asked.teams);
  const wins = winsByPlace(situation);
  const lost = new Set(whatIf.lostOwners);
  const recent = recentlyWonByPlace(situation).map((won, place) => (lost.has(situation.places[place]?.ownerId ?? '') ? 0 : won));
  const orders = sum(wins);
  const meanOrder = orders > 0 ? sum(situation.worth.map((one) => one.minor)) / orders : 0;
  const factors = placeFactors(situation, meanOrder);
  return asked.windows.flatMap((window) => {
    const lessons = situation.past.filter((one) => one.window.kind === window.kind);
    const asIs = flowForecast(model, situation, window, asItIs);
    const flow = whatIf === asItIs ? asIs : flowForecast(model, situation, window, whatIf);
    const now = combined(meanOf(asIs), situation, window, lessons);
    // an assumption moves the whole as it moves the flow: the other experts cannot know of it
    const mean = meanOf(asIs) > 0 ? Math.round((now.mean * meanOf(flow)) / meanOf(asIs)) : now.mean;
    const spreads = new Map<Level, { excess: number; width: number }>();
    const spread = (level: Level) => {
      const known = spreads.get(level) ?? { excess: excessOf(lessons, level, situation.today), width: widthOf(lessons, level) };
      spreads.set(level, known);
      return known;
    };
    const booked = wonByPlace(situation.orders, situation.places.length, window.from, window.until);
    const settled: Settled = {
      situation,
      window,
      flow,
      parts: settle(flow, mean, recent, factors),
      standingAt: indexesByPlace(flow, situation.places.length),
      booked,
      wins,
      experts: now.experts,
      spread,
    };
    return nodes.map((node) => nodeForecast(settled, node));
  });
};
