import { asItIs, type ForecastRequest, type ForecastInput, type ForecastWindow } from './input/forecast-input.ts';
import { chanceOf, flowModel, tablesOf } from './flow/flow-model.ts';
import { flowForecast } from './flow/flow-forecast.ts';
import { openStateOn, cellOn, type DayNumber, type OpenState, type OpportunityHistory, type Cell } from './input/history.ts';
import { isInNode } from './input/nodes.ts';
import { indexOfCells } from './input/cells.ts';
import type { Change, NodeForecast } from './result.ts';
import type { Situation } from './input/situation.ts';
import { situationOf } from './input/situation-of-input.ts';

/** Two forecasts of one node and window. `before.today` is the day of the earlier one, which knew everything recorded before that day. */
export type Compared = {
  readonly before: { readonly today: DayNumber; readonly forecast: Pick<NodeForecast, 'node' | 'window' | 'mean'> };
  readonly after: NodeForecast;
  readonly today: DayNumber;
  readonly startMonth: number;
  /** for a team with others below it: the ids of all of them */
  readonly teamIds?: readonly string[];
};

type Parts = { -readonly [Part in Exclude<keyof Change, 'difference' | 'recalibration'>]: number };

/** What an opportunity in a given state was worth on a day, at today's hazards; 0 outside the node. */
type Valued = (state: OpenState, cell: Cell, onDay: 'before' | 'after') => number;

const valuation = (situation: Situation, compared: Compared, inNode: (cell: Cell) => boolean): Valued => {
  const model = flowModel(situation);
  const window: ForecastWindow = compared.after.window;
  const tables = {
    before: tablesOf(model, { ...situation, today: compared.before.today }, window),
    after: tablesOf(model, situation, window),
  };
  const days = { before: compared.before.today, after: compared.today };
  const indexOf = indexOfCells(situation.cells);
  return (state, cell, on) => {
    if (!inNode(cell)) return 0;
    const at = indexOf(cell);
    const process = situation.processes[situation.processOf[at] ?? 0];
    const worth = model.worth(situation.processOf[at] ?? 0, situation.segmentOf[at] ?? 0);
    const milestone = Math.max(0, process?.counts.milestones.indexOf(state.milestone) ?? 0);
    const chance = chanceOf(tables[on](at), milestone, days[on] - state.since);
    const worthWon = state.known === null ? worth.mean : state.known * worth.ratio;
    // an outsized opportunity counts with its flow value
    const factor = state.known !== null && worthWon >= model.outsizedFrom ? 1 : compared.after.factor;
    return factor * chance * worthWon;
  };
};

const futureOn = (situation: Situation, compared: Compared, today: DayNumber, inNode: (cell: Cell) => boolean): number =>
  flowForecast(flowModel(situation), { ...situation, today }, compared.after.window, asItIs).future.reduce((sum, { mean }, at) => {
    const cell = situation.cells[at];
    return cell !== undefined && inNode(cell) ? sum + mean * compared.after.factor : sum;
  }, 0);

/** Splits the change of one opportunity's value into parts. */
const partsOf = (history: OpportunityHistory, compared: Compared, value: Valued, ordered: number): Partial<Parts> => {
  const lastKnown = compared.before.today - 1;
  const [then, now] = [openStateOn(history, lastKnown), openStateOn(history, compared.today)];
  const worthThen = then === undefined ? 0 : value(then, then.cell, 'before');
  const worthNow = now === undefined ? 0 : value(now, now.cell, 'after');
  const isNew = (history.cells[0]?.since ?? 0) > lastKnown;
  if (isNew) return { arrived: ordered + worthNow };
  if (then === undefined || now === undefined) {
    const isLost = ordered === 0 && history.orders.length === 0 && now === undefined;
    return { [isLost ? 'lost' : 'won']: ordered + worthNow - worthThen };
  }
  const amended = { ...then, known: now.known };
  const worthAmended = value(amended, now.cell, 'before');
  const worthStaying = value(amended, now.cell, 'after');
  return { amended: worthAmended - worthThen + ordered, ageing: worthStaying - worthAmended, milestoneMoves: worthNow - worthStaying };
};

/** An opportunity's orders less cancellations that count for the node, were recorded since the earlier forecast, and lie within the window. */
const orderedSince = (history: OpportunityHistory, compared: Compared, inNode: (cell: Cell) => boolean): number => {
  const { window } = compared.after;
  const from = Math.max(window.from, compared.before.today);
  return history.orders
    .filter(({ day, cell }) => day >= from && day < window.until && day <= compared.today && inNode(cell))
    .reduce((sum, { minor }) => sum + minor, 0);
};

/**
 * Explains why the forecast of a node for a window changed between two days. `touched` holds every opportunity that was open at the
 * beginning of `before.today`, or has arrived, been won or been cancelled since. The parts are whole minor units and sum to the difference
 * exactly; `recalibration` is what the changes of opportunities do not explain.
 */
export const explainChange = (input: ForecastInput, compared: Compared, touched: readonly OpportunityHistory[]): Change => {
  const { today, startMonth, teamIds = [] } = compared;
  const { node } = compared.after;
  const teams: ForecastRequest['teams'] = teamIds.length === 0 ? [] : [{ key: node.key, teamIds }];
  // opportunities that are no longer open have cells too
  const moved = touched.flatMap((history) => [cellOn(history, compared.before.today - 1), cellOn(history, today)]);
  const situation = situationOf(input, { today, startMonth, teams }, moved);
  const inNode = isInNode(node, teams);
  const value = valuation(situation, compared, inNode);
  const all = touched
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((history) => partsOf(history, compared, value, orderedSince(history, compared, inNode)));
  const whole = (part: keyof Parts): number => Math.round(all.reduce((sum, parts) => sum + (parts[part] ?? 0), 0));
  const future = futureOn(situation, compared, today, inNode) - futureOn(situation, compared, compared.before.today, inNode);
  const rounded: Parts = {
    won: whole('won'),
    lost: whole('lost'),
    milestoneMoves: whole('milestoneMoves'),
    ageing: whole('ageing'),
    arrived: whole('arrived') + Math.round(future),
    amended: whole('amended'),
  };
  const difference = compared.after.mean - compared.before.forecast.mean;
  const explained = Object.values(rounded).reduce((sum, one) => sum + one, 0);
  return { difference, ...rounded, recalibration: difference - explained };
};
