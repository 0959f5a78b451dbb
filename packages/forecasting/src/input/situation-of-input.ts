import { squaresOf, type Counts } from '../counts/counters.ts';
import type { ForecastRequest, Counter, ForecastInput, EarlierForecast, ProcessShape } from './forecast-input.ts';
import { addCounter, addDaysAtRisk, emptyFlowCounts } from '../counts/flow-counts.ts';
import { withActuals } from '../learning/with-actuals.ts';
import { openStateOn, type DayNumber, type OpenState, type OpportunityHistory, type Cell } from './history.ts';
import { firstDayOf } from './months.ts';
import { indexOfCells, sortedCells } from './cells.ts';
import type { OpenColumns, ProcessFlow, Situation, WorthSums } from './situation.ts';

type Dated = { readonly day: DayNumber; readonly cell: number; readonly count: number; readonly minor: number };

const countersOfCounter = ({ key }: Counter): readonly Cell[] => (key.kind === 'flow' ? [] : [key.cell]);

/** The names of a month's days in a counter, such as `v1` to `v31`. */
const dayNames = (prefix: string): readonly string[] => Array.from({ length: 31 }, (_, n) => `${prefix}${n + 1}`);
const names = { arrivals: dayNames(''), wins: dayNames('w'), minor: dayNames('v') };

/** The numbers of a month's counter by day; days without any are left out. */
const byDay = (
  month: number,
  cell: number,
  counts: Counts,
  of: { count: readonly string[]; minor?: readonly string[] },
): readonly Dated[] => {
  const first = firstDayOf(month);
  return of.count.flatMap((name, n) => {
    const [count, minor] = [counts[name] ?? 0, counts[of.minor?.[n] ?? ''] ?? 0];
    return count === 0 && minor === 0 ? [] : [{ day: first + n, cell, count, minor }];
  });
};

const inOrder = (entries: readonly Dated[]): readonly Dated[] => entries.toSorted((a, b) => a.day - b.day || a.cell - b.cell);

const columnsOf = (entries: readonly Dated[]) => ({
  length: entries.length,
  day: Int32Array.from(entries, (one) => one.day),
  cell: Int32Array.from(entries, (one) => one.cell),
});

const worthSums = (month: number, cell: number, counts: Counts): WorthSums => {
  const of = (name: string): number => counts[name] ?? 0;
  const product = (name: string): number => Number(squaresOf(of(`${name}H`), of(`${name}L`)));
  const daily = (days: readonly string[]): number => days.reduce((sum, name) => sum + of(name), 0);
  return {
    month,
    cell,
    wins: daily(names.wins),
    minor: daily(names.minor),
    squares: product('vv'),
    withKnown: of('n'),
    known: of('k'),
    realised: of('r'),
    realisedSquares: product('rr'),
    knownSquares: product('kk'),
    knownTimesRealised: product('kv'),
  };
};

/** An open opportunity as it is at the end of a day. */
export type Open = OpenState & { readonly id: string; readonly arrived: DayNumber };

/** Open opportunities, including today's changes, earliest arrival first: the order of the columns of a situation. */
export const openOn = (histories: readonly OpportunityHistory[], today: DayNumber): readonly Open[] =>
  histories
    .flatMap((history) => {
      const state = openStateOn(history, today);
      return state === undefined ? [] : [{ ...state, id: history.id, arrived: history.cells[0]?.since ?? 0 }];
    })
    .toSorted((a, b) => a.arrived - b.arrived || (a.id < b.id ? -1 : 1));

/** The published processes, and any others that occur in the input, with their milestones in order of their ids. */
const shapesOf = ({ processes, counters }: ForecastInput, cells: readonly Cell[], open: readonly Open[]): readonly ProcessShape[] => {
  const named = new Map<string, Set<string>>(cells.map((cell) => [cell.processId, new Set()]));
  const name = (processId: string, milestone: string): void => {
    const known = named.get(processId);
    if (known === undefined) named.set(processId, new Set([milestone]));
    else known.add(milestone);
  };
  for (const { key } of counters) if (key.kind === 'flow') name(key.processId, key.milestone);
  for (const { cell, milestone } of open) name(cell.processId, milestone);
  const known = processes.map((process) => ({
    ...process,
    milestones: [...process.milestones, ...unpublished(named.get(process.processId), process)],
  }));
  const others = [...named.keys()].filter((id) => processes.every((one) => one.processId !== id));
  return [...known, ...others.map((processId) => ({ processId, milestones: unpublished(named.get(processId)) }))].toSorted((a, b) =>
    a.processId < b.processId ? -1 : 1,
  );
};

const unpublished = (milestones: ReadonlySet<string> | undefined, process?: ProcessShape): ProcessShape['milestones'] =>
  [...(milestones ?? [])]
    .filter((id) => id !== '' && process?.milestones.every((one) => one.milestone !== id) !== false)
    .toSorted()
    .map((milestone) => ({ milestone, conversion: null, medianDays: null }));

const milestoneIndexes = (processes: readonly ProcessFlow[]) =>
  processes.map(({ counts }) => new Map(counts.milestones.map((milestone, index) => [milestone, index])));

/** Adds the stored counts of ended dwells to the processes. */
const fillEnded = (processes: readonly ProcessFlow[], counters: readonly Counter[]): void => {
  const flowOf = new Map(processes.map(({ processId, counts }) => [processId, counts]));
  for (const { key, counts } of counters) {
    const flow = key.kind === 'flow' ? flowOf.get(key.processId) : undefined;
    if (key.kind !== 'flow' || flow === undefined) continue;
    const at = { segment: flow.segments.indexOf(key.segment), milestone: Math.max(0, flow.milestones.indexOf(key.milestone)) };
    addCounter(flow, key.month, at, counts);
  }
};

type Indexed = Pick<Situation, 'processes' | 'processOf' | 'segmentOf' | 'today'>;

const openColumns = (open: readonly Open[], indexed: Indexed, indexOf: (cell: Cell) => number): OpenColumns => {
  const milestones = milestoneIndexes(indexed.processes);
  const cell = Int32Array.from(open, (one) => indexOf(one.cell));
  return {
    length: open.length,
    cell,
    milestone: Int32Array.from(open, (one, n) => milestones[indexed.processOf[cell[n] ?? 0] ?? 0]?.get(one.milestone) ?? 0),
    since: Int32Array.from(open, (one) => one.since),
    arrived: Int32Array.from(open, (one) => one.arrived),
    known: Float64Array.from(open, (one) => one.known ?? Number.NaN),
  };
};

/** Adds the days at which open opportunities have been at risk so far. */
const fillOpen = (open: OpenColumns, { processes, processOf, segmentOf, today }: Indexed): void => {
  for (let n = 0; n < open.length; n += 1) {
    const [cell, since] = [open.cell[n] ?? 0, open.since[n] ?? 0];
    const counts = processes[processOf[cell] ?? 0]?.counts;
    const at = { segment: segmentOf[cell] ?? 0, milestone: open.milestone[n] ?? 0 };
    if (counts !== undefined) addDaysAtRisk(counts, at, { since, from: since, to: today - 1 });
  }
};

const nameOf = ({ window, node }: EarlierForecast): string => [window.kind, node.level, node.key].join('\n');

/**
 * The situation that the input describes, dense and in an order that does not depend on that of the input. `more` are cells beside those of
 * the input.
 */
export const situationOf = (
  input: ForecastInput,
  { today, startMonth, teams }: Pick<ForecastRequest, 'today' | 'startMonth' | 'teams'>,
  more: readonly Cell[] = [],
): Situation => {
  const open = openOn(input.open, today);
  const flowSegments = input.counters.flatMap(({ key }) => (key.kind === 'flow' ? [key.segment] : []));
  const cells = sortedCells([...input.counters.flatMap(countersOfCounter), ...open.map((one) => one.cell), ...more]);
  const indexOf = indexOfCells(cells);
  const segments = [...new Set([...flowSegments, ...cells.map((cell) => cell.segment)])].toSorted();
  const processes = shapesOf(input, cells, open).map(({ processId, milestones }) => ({
    processId,
    counts: emptyFlowCounts(['', ...milestones.map((one) => one.milestone)], segments),
    prior: [{ conversion: null, medianDays: null }, ...milestones],
  }));
  fillEnded(processes, input.counters);
  const indexed: Indexed = {
    today,
    processes,
    processOf: Int32Array.from(cells, (cell) => processes.findIndex(({ processId }) => processId === cell.processId)),
    segmentOf: Int32Array.from(cells, (cell) => segments.indexOf(cell.segment)),
  };
  const columns = openColumns(open, indexed, indexOf);
  fillOpen(columns, indexed);
  const ofKind = (kind: 'arrivals' | 'outcomes') =>
    input.counters.flatMap((one) => (one.key.kind === kind ? [{ ...one, cell: indexOf(one.key.cell), month: one.key.month }] : []));
  const arrivals = inOrder(ofKind('arrivals').flatMap(({ month, cell, counts }) => byDay(month, cell, counts, { count: names.arrivals })));
  const orders = inOrder(
    ofKind('outcomes').flatMap(({ month, cell, counts }) => byDay(month, cell, counts, { count: names.wins, minor: names.minor })),
  );
  const orderColumns = {
    ...columnsOf(orders),
    wins: Float64Array.from(orders, (one) => one.count),
    minor: Float64Array.from(orders, (one) => one.minor),
  };
  return {
    ...indexed,
    startMonth,
    firstDay: Math.min(today, arrivals[0]?.day ?? today, orders[0]?.day ?? today),
    cells,
    arrivals: { ...columnsOf(arrivals), count: Float64Array.from(arrivals, (one) => one.count) },
    orders: orderColumns,
    worth: ofKind('outcomes')
      .map(({ month, cell, counts }) => worthSums(month, cell, counts))
      .toSorted((a, b) => a.month - b.month || a.cell - b.cell),
    open: columns,
    trainingData: withActuals({ orders: orderColumns, cells, today }, input.earlierForecasts, teams).toSorted(
      (a, b) => a.window.until - b.window.until || a.origin - b.origin || (nameOf(a) < nameOf(b) ? -1 : 1),
    ),
  };
};
