import { epochMillis, startMonthOf, type Instant } from '@meilenstein/kernel';
import type { ForecastNode, ForecastWindow, WindowKind } from '@meilenstein/contracts';
import { companyDays, dayNumber, type DayOfMillis } from '../../pipeline-view/domain/company-days.ts';
import type { OpportunityTimeline } from '../../pipeline-view/domain/timeline.ts';
import {
  asItIs,
  type ForecastRequest,
  type Counter,
  type ForecastInput,
  type EarlierForecast,
  type WhatIf,
} from '@meilenstein/forecasting/input/forecast-input';
import { forecast } from '@meilenstein/forecasting/forecast';
import type { OpportunityHistory } from '@meilenstein/forecasting/input/history';
import { replayFirstForecasts } from '@meilenstein/forecasting/replay/replay-days';
import type { ExpectedOpportunity, NodeForecast } from '@meilenstein/forecasting/result';
import { teamsOf, valueOf, windowKinds, windowOn, type CompanyAsOf } from './company-as-of.ts';
import { nodeText, toEngine } from './node-names.ts';
import { historyFromTimeline, type CompanyUnits } from '../../pipeline-view/domain/opportunity-history.ts';
import { netOrdersByNode, type NetOrdersByNode } from '../../pipeline-view/domain/net-orders.ts';
import { shapesOf, type ProcessVersion } from '../../pipeline-view/domain/process-shape.ts';
import { valueGapsOf, type ValueGap } from '../../pipeline-view/domain/value-gaps.ts';

/** What is read from the store for a forecast. */
export type PipelineFacts = {
  readonly processes: readonly ProcessVersion[];
  readonly counters: readonly Counter[];
  readonly open: readonly OpportunityTimeline[];
  readonly earlierForecasts: readonly EarlierForecast[];
  readonly receivedUntil: Instant | null;
};

/** The forecasts of every node as of one instant, for the current week, month and quarter. */
export type NodeForecasts = {
  readonly asOf: CompanyAsOf;
  readonly input: ForecastInput;
  readonly request: ForecastRequest;
  readonly windows: Readonly<Record<WindowKind, ForecastWindow>>;
  readonly receivedUntil: Instant | null;
  readonly of: (node: ForecastNode, kind: WindowKind) => NodeForecast;
  /** what is expected of each open opportunity within the window of a kind */
  readonly expectedOf: (kind: WindowKind) => readonly ExpectedOpportunity[];
  /** known amounts without a value in the reporting currency */
  readonly gaps: (node: ForecastNode) => readonly ValueGap[];
  /** every node that occurs in the facts */
  readonly nodes: readonly NodeForecast['node'][];
};

/** Converts instants to days in the company's zone, and amounts to the reporting currency at the rates of the day. */
export const companyUnits = (asOf: CompanyAsOf, dayOf: DayOfMillis = companyDays(asOf.settings.zone)): CompanyUnits => ({
  dayOf: (at) => dayOf(epochMillis(at)),
  valueOf: (amount) => valueOf(asOf, amount),
});

export const historiesFromTimelines = (known: readonly OpportunityTimeline[], units: CompanyUnits): readonly OpportunityHistory[] =>
  known.map(({ id, timeline }) => historyFromTimeline(id, timeline, units));

/** A window in the engine's form. */
export const engineWindow = ({ kind, from, until }: ForecastWindow) => ({ kind, from: dayNumber(from), until: dayNumber(until) });

/** The facts in the engine's form. */
export const forecastInput = (asOf: CompanyAsOf, { processes, counters, open, earlierForecasts }: PipelineFacts): ForecastInput => {
  const histories = historiesFromTimelines(open, companyUnits(asOf));
  const inUse = [
    ...histories.flatMap((one) => one.cells.slice(-1).map((last) => last.cell.processId)),
    ...counters.map(({ key }) => (key.kind === 'flow' ? key.processId : key.cell.processId)),
  ];
  return { processes: shapesOf(processes, inUse), counters, open: histories, earlierForecasts };
};

/** The forecast of a node without facts. */
export const nothing = (node: ForecastNode, window: ForecastWindow): NodeForecast => ({
  node: toEngine(node),
  window: engineWindow(window),
  mean: 0,
  p10: 0,
  p50: 0,
  p90: 0,
  booked: 0,
  existing: [],
  future: 0,
  futureWins: 0,
  newOpportunityWorth: 0,
  factor: 1,
  record: { mean: 0, p10: 0, p90: 0, experts: {}, variance: 0, wins: 0 },
  enoughFacts: false,
  basis: { wins: 0, endedWindows: 0 },
});

const textOf = (node: Pick<NodeForecast['node'], 'level' | 'key'>, kind: string): string => `${kind}#${nodeText(node)}`;

/** Forecasts all nodes at once. A node without facts has a forecast of 0. */
export const forecastNodes = (asOf: CompanyAsOf, facts: PipelineFacts, whatIf: WhatIf = asItIs): NodeForecasts =>
  forecastFrom(
    asOf,
    { input: forecastInput(asOf, facts), receivedUntil: facts.receivedUntil, gaps: valueGapsOf(asOf, facts.open) },
    whatIf,
  );

const forecastFrom = (
  asOf: CompanyAsOf,
  { input, receivedUntil, gaps }: Pick<NodeForecasts, 'input' | 'receivedUntil' | 'gaps'>,
  whatIf: WhatIf,
): NodeForecasts => {
  const on = (kind: WindowKind): ForecastWindow => windowOn(asOf, kind, asOf.today);
  const windows = { week: on('week'), month: on('month'), quarter: on('quarter') };
  const request: ForecastRequest = {
    today: dayNumber(asOf.today),
    startMonth: startMonthOf(asOf.calendar),
    windows: windowKinds.map((kind) => engineWindow(windows[kind])),
    teams: teamsOf(asOf.company),
  };
  const { nodes, expectedOf } = forecast(input, request, whatIf);
  const expected = new Map<WindowKind, readonly ExpectedOpportunity[]>();
  const figures = new Map(nodes.map((one) => [textOf(one.node, one.window.kind), one]));
  return {
    asOf,
    input,
    request,
    windows,
    receivedUntil,
    gaps,
    of: (node, kind) => figures.get(textOf(toEngine(node), kind)) ?? nothing(node, windows[kind]),
    expectedOf: (kind) => {
      const found = expected.get(kind) ?? expectedOf(kind);
      expected.set(kind, found);
      return found;
    },
    nodes: nodes.filter((one) => one.window.kind === 'month').map((one) => one.node),
  };
};

/** What would have been forecast on the first day of past windows, from what was recorded by then. Here `open` also holds ended opportunities. */
export const replayEarlierForecasts = (
  asOf: CompanyAsOf,
  facts: PipelineFacts,
  windows: readonly ForecastWindow[],
): readonly EarlierForecast[] => {
  const { open: histories, processes } = forecastInput(asOf, facts);
  const startMonth = startMonthOf(asOf.calendar);
  return replayFirstForecasts(histories, { startMonth, processes, windows: windows.map(engineWindow), teams: teamsOf(asOf.company) });
};

/** Forecasts the same facts under another assumption. */
export const forecastWhatIf = (forecasts: NodeForecasts, whatIf: WhatIf): NodeForecasts => forecastFrom(forecasts.asOf, forecasts, whatIf);

/** What every node has won so far, from the same facts. */
export const netOrdersOf = ({ input, request }: NodeForecasts): NetOrdersByNode => netOrdersByNode(input.counters, request.teams);
