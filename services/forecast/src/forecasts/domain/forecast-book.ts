import { epochMillis, type Instant } from '@meilenstein/kernel';
import type { ForecastNode, ForecastWindow, WindowKind } from '@meilenstein/contracts';
import { companyDays, dayNumber, type DayOfMillis } from '../../pipeline-view/domain/company-days.ts';
import type { Known } from '../../pipeline-view/domain/course.ts';
import {
  asItIs,
  type Asked,
  type CountedCell,
  type Evidence,
  type PastForecast,
  type WhatIf,
} from '@meilenstein/forecasting/input/evidence';
import { forecast } from '@meilenstein/forecasting/forecast';
import type { OpportunityHistory } from '@meilenstein/forecasting/input/history';
import { replayPast } from '@meilenstein/forecasting/replay/replay-past';
import type { NodeForecast } from '@meilenstein/forecasting/result';
import { startMonthOf, teamsOf, valueOf, windowKinds, windowOn, type Moment } from './moment.ts';
import { nodeText, toEngine } from './node-names.ts';
import { historyOf, type Sight } from '../../pipeline-view/domain/opportunity-history.ts';
import { outcomeLedger, type OutcomeLedger } from '../../pipeline-view/domain/outcome-ledger.ts';
import { shapesOf, type ProcessVersion } from '../../pipeline-view/domain/process-shape.ts';
import { valueGapsOf, type ValueGap } from '../../pipeline-view/domain/value-gaps.ts';

/** What is read for a forecast. */
export type FactsRead = {
  readonly processes: readonly ProcessVersion[];
  readonly cells: readonly CountedCell[];
  readonly open: readonly Known[];
  readonly past: readonly PastForecast[];
  readonly heardUntil: Instant | null;
};

/** All forecasts of one moment: every node, the current week, month and quarter. */
export type Book = {
  readonly moment: Moment;
  readonly evidence: Evidence;
  readonly asked: Asked;
  readonly windows: Readonly<Record<WindowKind, ForecastWindow>>;
  readonly heardUntil: Instant | null;
  readonly of: (node: ForecastNode, kind: WindowKind) => NodeForecast;
  /** amounts that are known but have no value in the reporting currency */
  readonly gaps: (node: ForecastNode) => readonly ValueGap[];
  /** every node that the facts name */
  readonly nodes: readonly NodeForecast['node'][];
};

/** A moment's eyes: the company's days, its reporting currency at the rates of the day. */
export const sightOf = (moment: Moment, dayOf: DayOfMillis = companyDays(moment.settings.zone)): Sight => ({
  dayOf: (at) => dayOf(epochMillis(at)),
  valueOf: (amount) => valueOf(moment, amount),
});

export const historiesOf = (known: readonly Known[], sight: Sight): readonly OpportunityHistory[] =>
  known.map(({ id, course }) => historyOf(id, course, sight));

/** A window as the engine takes it. */
export const engineWindow = ({ kind, from, until }: ForecastWindow) => ({ kind, from: dayNumber(from), until: dayNumber(until) });

/** Facts as the engine takes them. */
export const evidenceOf = (moment: Moment, { processes, cells, open, past }: FactsRead): Evidence => {
  const histories = historiesOf(open, sightOf(moment));
  const inUse = [
    ...histories.flatMap((one) => one.places.slice(-1).map((last) => last.place.processId)),
    ...cells.map(({ cell }) => (cell.kind === 'flow' ? cell.processId : cell.place.processId)),
  ];
  return { processes: shapesOf(processes, inUse), cells, open: histories, past };
};

/** The forecast of a node of which nothing is known. */
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
  track: { mean: 0, p10: 0, p90: 0, experts: {}, variance: 0, wins: 0 },
  enoughFacts: false,
  basis: { wins: 0, endedWindows: 0 },
});

const textOf = (node: Pick<NodeForecast['node'], 'level' | 'key'>, kind: string): string => `${kind}#${nodeText(node)}`;

/** Forecasts everything at once. A node of which nothing is known yet has a forecast of nothing. */
export const bookOf = (moment: Moment, facts: FactsRead, whatIf: WhatIf = asItIs): Book =>
  reforecast(moment, { evidence: evidenceOf(moment, facts), heardUntil: facts.heardUntil, gaps: valueGapsOf(moment, facts.open) }, whatIf);

const reforecast = (
  moment: Moment,
  { evidence, heardUntil, gaps }: Pick<Book, 'evidence' | 'heardUntil' | 'gaps'>,
  whatIf: WhatIf,
): Book => {
  const on = (kind: WindowKind): ForecastWindow => windowOn(moment, kind, moment.today);
  const windows = { week: on('week'), month: on('month'), quarter: on('quarter') };
  const asked: Asked = {
    today: dayNumber(moment.today),
    startMonth: startMonthOf(moment.calendar),
    windows: windowKinds.map((kind) => engineWindow(windows[kind])),
    teams: teamsOf(moment.company),
  };
  const { nodes } = forecast(evidence, asked, whatIf);
  const found = new Map(nodes.map((one) => [textOf(one.node, one.window.kind), one]));
  return {
    moment,
    evidence,
    asked,
    windows,
    heardUntil,
    gaps,
    of: (node, kind) => found.get(textOf(toEngine(node), kind)) ?? nothing(node, windows[kind]),
    nodes: nodes.filter((one) => one.window.kind === 'month').map((one) => one.node),
  };
};

/** What would have been forecast on the first day of past windows, from what was recorded by then. `open` holds ended ones too. */
export const replayedPast = (moment: Moment, facts: FactsRead, windows: readonly ForecastWindow[]): readonly PastForecast[] => {
  const { open: histories, processes } = evidenceOf(moment, facts);
  const startMonth = startMonthOf(moment.calendar);
  return replayPast(histories, { startMonth, processes, windows: windows.map(engineWindow), teams: teamsOf(moment.company) });
};

/** The same facts under another assumption. */
export const supposing = (book: Book, whatIf: WhatIf): Book => reforecast(book.moment, book, whatIf);

/** What every node has won so far, from the same facts. */
export const ledgerOf = ({ evidence, asked }: Book): OutcomeLedger => outcomeLedger(evidence.cells, asked.teams);
