import { coherentInterval } from '../interval/coherent-interval.ts';
import { combineExperts } from '../combination/combine-experts.ts';
import { asItIs, type Asked, type ForecastWindow, type Track, type WhatIf } from './evidence.ts';
import { flowModel, type FlowModel } from '../flow/flow-expert.ts';
import { flowForecast, type FlowForecast } from '../flow/flow-forecast.ts';
import { excessOf, widthOf } from '../learning/lessons.ts';
import { restOf } from '../interval/node-interval.ts';
import { nodesOver, type NodeOfPlaces } from './nodes.ts';
import { recentlyWonByPlace, wonByPlace } from '../baselines/outcome-series.ts';
import { placeFactors } from '../hazards/place-factors.ts';
import type { AtMilestone, NodeForecast } from '../result.ts';
import type { Level } from './node.ts';
import { remainingShare, settle, type Parts, type Shared } from '../combination/settle.ts';
import type { Situation } from './situation.ts';
import { supposedParts } from '../flow/supposed-parts.ts';

/** Before that many wins and ended windows nobody should plan on the interval. */
const enough = { wins: 20, endedWindows: 3 };

const sum = (values: Iterable<number>): number => {
  let all = 0;
  for (const one of values) all += one;
  return all;
};

type Settled = {
  readonly situation: Situation;
  readonly window: ForecastWindow;
  readonly flow: FlowForecast;
  readonly parts: Parts;
  readonly shareOf: ReturnType<typeof remainingShare>;
  readonly factors: Float64Array;
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
    at.expected += (parts.standing[index] ?? 0) + (parts.outsized[index] ?? 0);
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

/** The outsized opportunities of a node: what was settled for them, their variance, and each as an order that comes or not. */
const outsizedIn = ({ flow, parts }: Settled, inNode: ReadonlySet<number>) => {
  const orders = flow.outsized.filter(({ place }) => inNode.has(place));
  return {
    orders,
    expected: sum(flow.standing.map(({ place }, index) => (inNode.has(place) ? (parts.outsized[index] ?? 0) : 0))),
    mean: sum(orders.map((one) => one.mean)),
    variance: sum(orders.map((one) => one.variance)),
  };
};

const nodeForecast = (settled: Settled, { node, places }: NodeOfPlaces): NodeForecast => {
  const { situation, flow, parts, window } = settled;
  const inNode = new Set(places);
  const existing = atMilestones(settled, places);
  const outsized = outsizedIn(settled, inNode);
  const of = (values: { readonly [index: number]: number }): number => sum(places.map((place) => values[place] ?? 0));
  const moments = places.flatMap((place) => [flow.existing[place], flow.future[place]]).filter((one) => one !== undefined);
  const flowMean = sum(moments.map((one) => one.mean));
  const future = of(parts.future);
  const ordinary = future + sum(existing.map((one) => one.expected)) - outsized.expected;
  const remaining = ordinary + outsized.expected;
  const factor = flowMean > 0 ? ordinary / flowMean : 1;
  const variance = sum(moments.map((one) => one.variance));
  const intensity = sum(moments.map((one) => one.intensity));
  const spread = settled.spread(node.level);
  const rest = restOf({ mean: flowMean, variance, intensity }, ordinary, { ...settled, places, spread });
  const [p10, p50, p90] = coherentInterval(rest, outsized.orders).map(Math.round);
  const booked = of(settled.booked);
  const experts = node.level === 'total' ? settled.experts : { flow: flowMean + outsized.mean };
  const basis = {
    wins: of(settled.wins),
    endedWindows: Math.max(0, Math.floor((situation.today - situation.firstDay) / Math.max(1, window.until - window.from))),
  };
  const told = variance * factor ** 2 + outsized.variance;
  const track: Track = { mean: remaining, p10: p10 ?? 0, p90: p90 ?? 0, experts, variance: told, wins: basis.wins };
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
  const recent = recentlyWonByPlace(situation);
  const lost = new Set(whatIf.lostOwners);
  const isLost = (place: number): boolean => lost.has(situation.places[place]?.ownerId ?? '');
  const orders = sum(wins);
  const meanOrder = orders > 0 ? sum(situation.worth.map((one) => one.minor)) / orders : 0;
  const factors = placeFactors(situation, meanOrder);
  return asked.windows.flatMap((window) => {
    const lessons = situation.past.filter((one) => one.window.kind === window.kind);
    const asIs = flowForecast(model, situation, window, asItIs);
    const combined = combineExperts(
      situation,
      window,
      lessons,
      asIs.future.some((one) => one.mean > 0),
    );
    const shared: Shared = { combined, flow: asIs, recent, factors };
    const flow = whatIf === asItIs ? asIs : flowForecast(model, situation, window, whatIf);
    const parts = settle(shared);
    const spreads = new Map<Level, { excess: number; width: number }>();
    const spread = (level: Level) => {
      const known = spreads.get(level) ?? { excess: excessOf(lessons, level, situation.today), width: widthOf(lessons, level) };
      spreads.set(level, known);
      return known;
    };
    const settled: Settled = {
      situation,
      window,
      flow,
      // an assumption moves each part as it moves its flow: the other experts cannot know of it
      parts: whatIf === asItIs ? parts : supposedParts(asIs, parts, { flow, whatIf, isLost }),
      standingAt: indexesByPlace(flow, situation.places.length),
      shareOf: remainingShare(shared),
      factors,
      booked: wonByPlace(situation.orders, situation.places.length, window.from, window.until),
      wins,
      experts: combined.experts(asIs),
      spread,
    };
    return nodes.map((node) => nodeForecast(settled, node));
  });
};
