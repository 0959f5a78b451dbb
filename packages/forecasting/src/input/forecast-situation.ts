import { coherentInterval } from '../interval/coherent-interval.ts';
import { dearestOfFewFacts, enoughWins } from '../interval/few-facts.ts';
import { combineExperts } from '../combination/combine-experts.ts';
import { asItIs, type ForecastRequest, type ForecastWindow, type ForecastRecord, type WhatIf } from './forecast-input.ts';
import { flowModel, tablesOf, type FlowModel } from '../flow/flow-model.ts';
import { flowForecast, type FlowForecast } from '../flow/flow-forecast.ts';
import { excessOf, widthOf } from '../learning/learned-parameters.ts';
import { restOf } from '../interval/node-interval.ts';
import { nodesOver, type NodeOfCells } from './nodes.ts';
import { recentlyWonByCell, wonByCell } from '../baselines/outcome-series.ts';
import { cellFactors } from '../hazards/cell-factors.ts';
import type { AtMilestone, NodeForecast } from '../result.ts';
import type { Level } from './node.ts';
import { splitExisting } from '../combination/split-existing.ts';
import { remainingShare, splitMean, type Parts, type Shared } from '../combination/split-mean.ts';
import type { Situation } from './situation.ts';
import { partsUnderAssumption } from '../flow/what-if-parts.ts';

/** With fewer wins or ended windows the interval is too uncertain to plan on. */
const enough = { wins: enoughWins, endedWindows: 3 };

const sum = (values: Iterable<number>): number => {
  let all = 0;
  for (const one of values) all += one;
  return all;
};

type WindowForecast = {
  readonly situation: Situation;
  readonly window: ForecastWindow;
  readonly flow: FlowForecast;
  readonly parts: Parts;
  readonly shareOf: ReturnType<typeof remainingShare>;
  readonly factors: Float64Array;
  /** the indexes of each cell's open groups: a company has many nodes, and each reads only its own cells */
  readonly groupsAt: readonly (readonly number[])[];
  readonly booked: Float64Array;
  readonly wins: Float64Array;
  /** what the process of a cell has won in the whole company */
  readonly winsOfProcess: (cell: number) => number;
  readonly experts: Readonly<Record<string, number>>;
  readonly spread: (level: Level) => { readonly excess: number; readonly width: number };
};

const atMilestones = ({ situation, flow, parts, groupsAt }: WindowForecast, cells: readonly number[]): readonly AtMilestone[] => {
  const found = new Map<string, { -readonly [Name in keyof AtMilestone]: AtMilestone[Name] }>();
  const take = (index: number): void => {
    const one = flow.openGroups[index];
    if (one === undefined) return;
    const process = situation.processes[situation.processOf[one.cell] ?? 0];
    if (process === undefined) return;
    const milestone = process.counts.milestones[one.milestone] ?? '';
    const key = `${situation.processOf[one.cell]} ${one.milestone}`;
    const at = found.get(key) ?? { processId: process.processId, milestone, opportunities: 0, withoutAmount: 0, expected: 0 };
    at.opportunities += one.opportunities;
    at.withoutAmount += one.withoutAmount;
    at.expected += (parts.ordinary[index] ?? 0) + (parts.outsized[index] ?? 0);
    found.set(key, at);
  };
  for (const cell of cells) groupsAt[cell]?.forEach(take);
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, at]) => at);
};

const indexesByCell = ({ openGroups }: FlowForecast, cells: number): readonly (readonly number[])[] => {
  const at: number[][] = Array.from({ length: cells }, () => []);
  openGroups.forEach(({ cell }, index) => at[cell]?.push(index));
  return at;
};

/** What an opportunity that arrives today is worth within the window: the mean over the cells, weighted by arrivals. */
const worthOfOne = ({ future }: FlowForecast, cells: readonly number[]): number => {
  const arriving = cells.flatMap((cell) => future[cell] ?? []);
  const pace = sum(arriving.map((one) => one.pace));
  return pace > 0 ? sum(arriving.map((one) => one.pace * one.worth)) / pace : 0;
};

/** The outsized opportunities of a node: their expected value, their variance, and each as an order that is won or not. */
const outsizedIn = ({ flow, parts }: WindowForecast, inNode: ReadonlySet<number>) => {
  const orders = flow.outsized.filter(({ cell }) => inNode.has(cell));
  return {
    orders,
    expected: sum(flow.openGroups.map(({ cell }, index) => (inNode.has(cell) ? (parts.outsized[index] ?? 0) : 0))),
    mean: sum(orders.map((one) => one.mean)),
    variance: sum(orders.map((one) => one.variance)),
  };
};

const nodeForecast = (forecast: WindowForecast, { node, cells }: NodeOfCells): NodeForecast => {
  const { situation, flow, parts, window } = forecast;
  const inNode = new Set(cells);
  const existing = atMilestones(forecast, cells);
  const outsized = outsizedIn(forecast, inNode);
  const of = (values: { readonly [index: number]: number }): number => sum(cells.map((cell) => values[cell] ?? 0));
  const moments = cells.flatMap((cell) => [flow.existing[cell], flow.future[cell]]).filter((one) => one !== undefined);
  const flowMean = sum(moments.map((one) => one.mean));
  const future = of(parts.future);
  const ordinary = future + sum(existing.map((one) => one.expected)) - outsized.expected;
  const remaining = ordinary + outsized.expected;
  const factor = flowMean > 0 ? ordinary / flowMean : 1;
  const variance = sum(moments.map((one) => one.variance));
  const intensity = sum(moments.map((one) => one.intensity));
  const spread = forecast.spread(node.level);
  const rest = restOf({ mean: flowMean, variance, intensity }, ordinary, { ...forecast, cells, spread });
  const [p10 = 0, p50 = 0, most = 0] = coherentInterval(rest, outsized.orders).map(Math.round);
  const p90 = Math.max(most, Math.round(dearestOfFewFacts(flow.largest, cells, forecast.winsOfProcess)));
  const booked = of(forecast.booked);
  const experts = node.level === 'total' ? forecast.experts : { flow: flowMean + outsized.mean };
  const basis = {
    wins: of(forecast.wins),
    endedWindows: Math.max(0, Math.floor((situation.today - situation.firstDay) / Math.max(1, window.until - window.from))),
  };
  const totalVariance = variance * factor ** 2 + outsized.variance;
  const record: ForecastRecord = { mean: remaining, p10, p90, experts, variance: totalVariance, wins: basis.wins };
  return {
    node,
    window,
    mean: booked + remaining,
    p10: booked + p10,
    p50: booked + p50,
    p90: booked + p90,
    booked,
    existing,
    future,
    futureWins: sum(cells.map((cell) => flow.future[cell]?.wins ?? 0)),
    newOpportunityWorth: worthOfOne(flow, cells) * factor,
    factor,
    record,
    enoughFacts: basis.wins >= enough.wins && basis.endedWindows >= enough.endedWindows,
    basis,
  };
};

const winsByCell = ({ orders, cells }: Situation): Float64Array => {
  const wins = new Float64Array(cells.length);
  for (let i = 0; i < orders.length; i += 1) {
    const cell = orders.cell[i] ?? 0;
    wins[cell] = (wins[cell] ?? 0) + (orders.wins[i] ?? 0);
  }
  return wins;
};

const cellsInUse = ({ arrivals, orders, open, cells }: Situation): readonly boolean[] => {
  const used = cells.map(() => false);
  for (const columns of [arrivals, orders, open]) for (let i = 0; i < columns.length; i += 1) used[columns.cell[i] ?? 0] = true;
  return used;
};

/** The forecasts of one window. */
export type ForecastOfWindow = {
  readonly window: ForecastWindow;
  readonly nodes: readonly NodeForecast[];
  /** what is expected of each open opportunity, in the order of the situation; computed when it is asked for */
  readonly expected: () => Float64Array;
};

/** The forecast of every node for every window, from what is known at the beginning of a day. */
export const forecastSituation = (...given: Parameters<typeof forecastWindows>): readonly NodeForecast[] =>
  forecastWindows(...given).flatMap(({ nodes }) => nodes);

/** The forecasts of each window, with what is expected of each open opportunity. */
export const forecastWindows = (
  situation: Situation,
  request: Pick<ForecastRequest, 'windows' | 'teams'>,
  whatIf: WhatIf,
  model: FlowModel = flowModel(situation),
): readonly ForecastOfWindow[] => {
  const used = cellsInUse(situation);
  const nodes = nodesOver(situation.cells, (cell) => used[cell] ?? false, request.teams);
  const wins = winsByCell(situation);
  const ofProcess = new Float64Array(situation.processes.length);
  wins.forEach((one, cell) => {
    const process = situation.processOf[cell] ?? 0;
    ofProcess[process] = (ofProcess[process] ?? 0) + one;
  });
  const recent = recentlyWonByCell(situation);
  const lost = new Set(whatIf.lostOwners);
  const isLost = (cell: number): boolean => lost.has(situation.cells[cell]?.ownerId ?? '');
  const orders = sum(wins);
  const meanOrder = orders > 0 ? sum(situation.worth.map((one) => one.minor)) / orders : 0;
  const factors = cellFactors(situation, meanOrder);
  return request.windows.map((window) => {
    const trainingData = situation.trainingData.filter((one) => one.window.kind === window.kind);
    const asIs = flowForecast(model, situation, window, asItIs);
    const combined = combineExperts(
      situation,
      window,
      trainingData,
      asIs.future.some((one) => one.mean > 0),
    );
    const shared: Shared = { combined, flow: asIs, recent, factors };
    const flow = whatIf === asItIs ? asIs : flowForecast(model, situation, window, whatIf);
    const parts = splitMean(shared);
    const spreads = new Map<Level, { excess: number; width: number }>();
    const spread = (level: Level) => {
      const known = spreads.get(level) ?? { excess: excessOf(trainingData, level, situation.today), width: widthOf(trainingData, level) };
      spreads.set(level, known);
      return known;
    };
    const forecast: WindowForecast = {
      situation,
      window,
      flow,
      // an assumption changes each part as it changes the flow of the part: the other experts cannot know of it
      parts: whatIf === asItIs ? parts : partsUnderAssumption(asIs, parts, { flow, whatIf, isLost }),
      groupsAt: indexesByCell(flow, situation.cells.length),
      shareOf: remainingShare(shared),
      factors,
      booked: wonByCell(situation.orders, situation.cells.length, window.from, window.until),
      wins,
      winsOfProcess: (cell) => ofProcess[situation.processOf[cell] ?? 0] ?? 0,
      experts: combined.experts(asIs),
      spread,
    };
    return {
      window,
      nodes: nodes.map((node) => nodeForecast(forecast, node)),
      expected: () => splitExisting({ model, situation, whatIf, tableOf: tablesOf(model, situation, window) }, flow, forecast.parts),
    };
  });
};
