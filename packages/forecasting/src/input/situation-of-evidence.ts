import { squaresOf, type Counts } from '../counts/counters.ts';
import type { Asked, CountedCell, Evidence, PastForecast, ProcessShape } from './evidence.ts';
import { addCell, addDaysAtRisk, emptyFlowCounts } from '../counts/flow-counts.ts';
import { withActuals } from '../learning/graded-past.ts';
import { openStateOn, type DayNumber, type OpenState, type OpportunityHistory, type Place } from './history.ts';
import { firstDayOf } from './months.ts';
import { indexOfPlaces, sortedPlaces } from './places.ts';
import type { OpenColumns, ProcessFlow, Situation, WorthSums } from './situation.ts';

type Dated = { readonly day: DayNumber; readonly place: number; readonly count: number; readonly minor: number };

const cellPlaces = ({ cell }: CountedCell): readonly Place[] => (cell.kind === 'flow' ? [] : [cell.place]);

/** The names of the days of a month in a cell, such as `v1` to `v31`. */
const dayNames = (prefix: string): readonly string[] => Array.from({ length: 31 }, (_, n) => `${prefix}${n + 1}`);
const names = { arrivals: dayNames(''), wins: dayNames('w'), minor: dayNames('v') };

/** What a month's cell says by day, where it says anything. */
const byDay = (
  month: number,
  place: number,
  counts: Counts,
  of: { count: readonly string[]; minor?: readonly string[] },
): readonly Dated[] => {
  const first = firstDayOf(month);
  return of.count.flatMap((name, n) => {
    const [count, minor] = [counts[name] ?? 0, counts[of.minor?.[n] ?? ''] ?? 0];
    return count === 0 && minor === 0 ? [] : [{ day: first + n, place, count, minor }];
  });
};

const inOrder = (entries: readonly Dated[]): readonly Dated[] => entries.toSorted((a, b) => a.day - b.day || a.place - b.place);

const columnsOf = (entries: readonly Dated[]) => ({
  length: entries.length,
  day: Int32Array.from(entries, (one) => one.day),
  place: Int32Array.from(entries, (one) => one.place),
});

const worthSums = (month: number, place: number, counts: Counts): WorthSums => {
  const of = (name: string): number => counts[name] ?? 0;
  const product = (name: string): number => Number(squaresOf(of(`${name}H`), of(`${name}L`)));
  const daily = (days: readonly string[]): number => days.reduce((sum, name) => sum + of(name), 0);
  return {
    month,
    place,
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

type Open = OpenState & { readonly id: string; readonly arrived: DayNumber };

/** What is open, today's news included, earliest arrival first. */
const openOn = (histories: readonly OpportunityHistory[], today: DayNumber): readonly Open[] =>
  histories
    .flatMap((history) => {
      const state = openStateOn(history, today);
      return state === undefined ? [] : [{ ...state, id: history.id, arrived: history.places[0]?.since ?? 0 }];
    })
    .toSorted((a, b) => a.arrived - b.arrived || (a.id < b.id ? -1 : 1));

/** Processes that were published, and any others that the facts name: with their milestones in order of their names. */
const shapesOf = ({ processes, cells }: Evidence, places: readonly Place[], open: readonly Open[]): readonly ProcessShape[] => {
  const named = new Map<string, Set<string>>(places.map((place) => [place.processId, new Set()]));
  const name = (processId: string, milestone: string): void => {
    const known = named.get(processId);
    if (known === undefined) named.set(processId, new Set([milestone]));
    else known.add(milestone);
  };
  for (const { cell } of cells) if (cell.kind === 'flow') name(cell.processId, cell.milestone);
  for (const { place, milestone } of open) name(place.processId, milestone);
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

/** Stored counts of stays that ended, by process. */
const fillEnded = (processes: readonly ProcessFlow[], cells: readonly CountedCell[]): void => {
  const flowOf = new Map(processes.map(({ processId, counts }) => [processId, counts]));
  for (const { cell, counts } of cells) {
    const flow = cell.kind === 'flow' ? flowOf.get(cell.processId) : undefined;
    if (cell.kind !== 'flow' || flow === undefined) continue;
    const at = { segment: flow.segments.indexOf(cell.segment), milestone: Math.max(0, flow.milestones.indexOf(cell.milestone)) };
    addCell(flow, cell.month, at, counts);
  }
};

type Indexed = Pick<Situation, 'processes' | 'processOf' | 'segmentOf' | 'today'>;

const openColumns = (open: readonly Open[], indexed: Indexed, indexOf: (place: Place) => number): OpenColumns => {
  const milestones = milestoneIndexes(indexed.processes);
  const place = Int32Array.from(open, (one) => indexOf(one.place));
  return {
    length: open.length,
    place,
    milestone: Int32Array.from(open, (one, n) => milestones[indexed.processOf[place[n] ?? 0] ?? 0]?.get(one.milestone) ?? 0),
    since: Int32Array.from(open, (one) => one.since),
    arrived: Int32Array.from(open, (one) => one.arrived),
    known: Float64Array.from(open, (one) => one.known ?? Number.NaN),
  };
};

/** The days at which what is open has been at risk so far. */
const fillOpen = (open: OpenColumns, { processes, processOf, segmentOf, today }: Indexed): void => {
  for (let n = 0; n < open.length; n += 1) {
    const [place, since] = [open.place[n] ?? 0, open.since[n] ?? 0];
    const counts = processes[processOf[place] ?? 0]?.counts;
    const at = { segment: segmentOf[place] ?? 0, milestone: open.milestone[n] ?? 0 };
    if (counts !== undefined) addDaysAtRisk(counts, at, { since, from: since, to: today - 1 });
  }
};

const nameOf = ({ window, node }: PastForecast): string => [window.kind, node.level, node.key].join('\n');

/**
 * Everything that stored counters and rows say, dense and in the one order that does not depend on theirs. `more`: places to know beside
 * those of the evidence.
 */
export const situationOf = (
  evidence: Evidence,
  { today, startMonth, teams }: Pick<Asked, 'today' | 'startMonth' | 'teams'>,
  more: readonly Place[] = [],
): Situation => {
  const open = openOn(evidence.open, today);
  const flowSegments = evidence.cells.flatMap(({ cell }) => (cell.kind === 'flow' ? [cell.segment] : []));
  const places = sortedPlaces([...evidence.cells.flatMap(cellPlaces), ...open.map((one) => one.place), ...more]);
  const indexOf = indexOfPlaces(places);
  const segments = [...new Set([...flowSegments, ...places.map((place) => place.segment)])].toSorted();
  const processes = shapesOf(evidence, places, open).map(({ processId, milestones }) => ({
    processId,
    counts: emptyFlowCounts(['', ...milestones.map((one) => one.milestone)], segments),
    prior: [{ conversion: null, medianDays: null }, ...milestones],
  }));
  fillEnded(processes, evidence.cells);
  const indexed: Indexed = {
    today,
    processes,
    processOf: Int32Array.from(places, (place) => processes.findIndex(({ processId }) => processId === place.processId)),
    segmentOf: Int32Array.from(places, (place) => segments.indexOf(place.segment)),
  };
  const columns = openColumns(open, indexed, indexOf);
  fillOpen(columns, indexed);
  const ofKind = (kind: 'arrivals' | 'outcomes') =>
    evidence.cells.flatMap((one) => (one.cell.kind === kind ? [{ ...one, place: indexOf(one.cell.place), month: one.cell.month }] : []));
  const arrivals = inOrder(
    ofKind('arrivals').flatMap(({ month, place, counts }) => byDay(month, place, counts, { count: names.arrivals })),
  );
  const orders = inOrder(
    ofKind('outcomes').flatMap(({ month, place, counts }) => byDay(month, place, counts, { count: names.wins, minor: names.minor })),
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
    places,
    arrivals: { ...columnsOf(arrivals), count: Float64Array.from(arrivals, (one) => one.count) },
    orders: orderColumns,
    worth: ofKind('outcomes')
      .map(({ month, place, counts }) => worthSums(month, place, counts))
      .toSorted((a, b) => a.month - b.month || a.place - b.place),
    open: columns,
    past: withActuals({ orders: orderColumns, places, today }, evidence.past, teams).toSorted(
      (a, b) => a.window.until - b.window.until || a.origin - b.origin || (nameOf(a) < nameOf(b) ? -1 : 1),
    ),
  };
};
