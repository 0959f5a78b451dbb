import { squaresOf, type Counts } from './counters.ts';
import type { Asked, CountedCell, Evidence, PastForecast, ProcessShape } from './evidence.ts';
import { addCell, addDaysAtRisk, emptyFlowCounts, type FlowCounts } from './flow-counts.ts';
import { withActuals } from './graded-past.ts';
import { openStateOn, type DayNumber, type OpenState, type OpportunityHistory, type Place } from './history.ts';
import { firstDayOf } from './months.ts';
import { indexOfPlaces, sortedPlaces } from './places.ts';
import type { OpenColumns, ProcessFlow, Situation, WorthSums } from './situation.ts';

type Dated = { readonly day: DayNumber; readonly place: number; readonly count: number; readonly minor: number };

const cellPlaces = ({ cell }: CountedCell): readonly Place[] => (cell.kind === 'flow' ? [] : [cell.place]);

/** Entries of a month's cell by day, for names such as `12` or `v12`. */
const byDay = ({ cell, counts }: CountedCell, prefix: string): readonly (readonly [DayNumber, number])[] =>
  Object.entries(counts).flatMap(([name, count]): readonly (readonly [DayNumber, number])[] => {
    const isDay = name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length));
    return isDay && count !== 0 ? [[firstDayOf(cell.month) + Number(name.slice(prefix.length)) - 1, count]] : [];
  });

const inOrder = (entries: readonly Dated[]): readonly Dated[] => entries.toSorted((a, b) => a.day - b.day || a.place - b.place);

const columnsOf = (entries: readonly Dated[]) => ({
  length: entries.length,
  day: Int32Array.from(entries, (one) => one.day),
  place: Int32Array.from(entries, (one) => one.place),
});

const worthSums = (month: number, place: number, counts: Counts): WorthSums => {
  const of = (name: string): number => counts[name] ?? 0;
  const product = (name: string): number => Number(squaresOf(of(`${name}H`), of(`${name}L`)));
  const daily = (prefix: string): number =>
    Array.from({ length: 31 }, (_, n) => of(`${prefix}${n + 1}`)).reduce((sum, one) => sum + one, 0);
  return {
    month,
    place,
    wins: daily('w'),
    minor: daily('v'),
    squares: product('vv'),
    withKnown: of('n'),
    known: of('k'),
    realised: of('r'),
    realisedSquares: product('rr'),
    knownSquares: product('kk'),
    knownTimesRealised: product('kv'),
  };
};

type Open = { readonly history: OpportunityHistory; readonly state: OpenState };

/** What is open, today's news included, earliest arrival first. */
const openOn = (histories: readonly OpportunityHistory[], today: DayNumber): readonly Open[] =>
  histories
    .flatMap((history) => {
      const state = openStateOn(history, today);
      return state === undefined ? [] : [{ history, state }];
    })
    .toSorted((a, b) => {
      const [first, second] = [a.history.places[0]?.since ?? 0, b.history.places[0]?.since ?? 0];
      return first - second || (a.history.id < b.history.id ? -1 : 1);
    });

/** Processes that were published, and any others that the facts name: with their milestones in order of their names. */
const shapesOf = ({ processes, cells }: Evidence, places: readonly Place[], open: readonly Open[]): readonly ProcessShape[] => {
  const named = new Map<string, Set<string>>(places.map((place) => [place.processId, new Set()]));
  const name = (processId: string, milestone: string) => named.set(processId, (named.get(processId) ?? new Set()).add(milestone));
  for (const { cell } of cells) if (cell.kind === 'flow') name(cell.processId, cell.milestone);
  for (const { state } of open) name(state.place.processId, state.milestone);
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

const fillFlow = (processes: readonly ProcessFlow[], { cells }: Evidence, open: readonly Open[], today: DayNumber): void => {
  const flowOf = new Map(processes.map(({ processId, counts }) => [processId, counts]));
  const at = (flow: FlowCounts, segment: string, milestone: string) => ({
    segment: flow.segments.indexOf(segment),
    milestone: Math.max(0, flow.milestones.indexOf(milestone)),
  });
  for (const { cell, counts } of cells) {
    const flow = cell.kind === 'flow' ? flowOf.get(cell.processId) : undefined;
    if (cell.kind === 'flow' && flow !== undefined) addCell(flow, cell.month, at(flow, cell.segment, cell.milestone), counts);
  }
  for (const { state } of open) {
    const flow = flowOf.get(state.place.processId);
    if (flow === undefined) continue;
    const where = at(flow, state.place.segment, state.milestone);
    addDaysAtRisk(flow, where, { since: state.since, from: state.since, to: today - 1 });
  }
};

const openColumns = (open: readonly Open[], processes: readonly ProcessFlow[], indexOf: (place: Place) => number): OpenColumns => {
  const milestones = new Map(processes.map(({ processId, counts }) => [processId, counts.milestones]));
  return {
    length: open.length,
    place: Int32Array.from(open, ({ state }) => indexOf(state.place)),
    milestone: Int32Array.from(open, ({ state }) => Math.max(0, milestones.get(state.place.processId)?.indexOf(state.milestone) ?? 0)),
    since: Int32Array.from(open, ({ state }) => state.since),
    arrived: Int32Array.from(open, ({ history }) => history.places[0]?.since ?? 0),
    known: Float64Array.from(open, ({ state }) => state.known ?? Number.NaN),
  };
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
  const places = sortedPlaces([...evidence.cells.flatMap(cellPlaces), ...open.map(({ state }) => state.place), ...more]);
  const indexOf = indexOfPlaces(places);
  const segments = [...new Set([...flowSegments, ...places.map((place) => place.segment)])].toSorted();
  const processes = shapesOf(evidence, places, open).map(({ processId, milestones }) => ({
    processId,
    counts: emptyFlowCounts(['', ...milestones.map((one) => one.milestone)], segments),
    prior: [{ conversion: null, medianDays: null }, ...milestones],
  }));
  fillFlow(processes, evidence, open, today);
  const ofKind = (kind: 'arrivals' | 'outcomes') =>
    evidence.cells.flatMap((one) => (one.cell.kind === kind ? [{ ...one, place: indexOf(one.cell.place), month: one.cell.month }] : []));
  const arrivals = inOrder(
    ofKind('arrivals').flatMap((one) => byDay(one, '').map(([day, count]) => ({ day, place: one.place, count, minor: 0 }))),
  );
  const orders = inOrder(
    ofKind('outcomes').flatMap((one) => {
      const minor = new Map(byDay(one, 'v'));
      const wins = new Map(byDay(one, 'w'));
      const days = [...new Set([...minor.keys(), ...wins.keys()])];
      return days.map((day) => ({ day, place: one.place, count: wins.get(day) ?? 0, minor: minor.get(day) ?? 0 }));
    }),
  );
  const orderColumns = {
    ...columnsOf(orders),
    wins: Float64Array.from(orders, (one) => one.count),
    minor: Float64Array.from(orders, (one) => one.minor),
  };
  return {
    today,
    startMonth,
    firstDay: Math.min(today, arrivals[0]?.day ?? today, orders[0]?.day ?? today),
    places,
    processOf: Int32Array.from(places, (place) => processes.findIndex(({ processId }) => processId === place.processId)),
    segmentOf: Int32Array.from(places, (place) => segments.indexOf(place.segment)),
    processes,
    arrivals: { ...columnsOf(arrivals), count: Float64Array.from(arrivals, (one) => one.count) },
    orders: orderColumns,
    worth: ofKind('outcomes')
      .map(({ month, place, counts }) => worthSums(month, place, counts))
      .toSorted((a, b) => a.month - b.month || a.place - b.place),
    open: openColumns(open, processes, indexOf),
    past: withActuals({ orders: orderColumns, places, today }, evidence.past, teams).toSorted(
      (a, b) => a.window.until - b.window.until || a.origin - b.origin || (nameOf(a) < nameOf(b) ? -1 : 1),
    ),
  };
};
