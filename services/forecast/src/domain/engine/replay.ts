import type { ProcessShape } from './evidence.ts';
import { addDaysAtRisk, addExit, emptyFlowCounts } from './flow-counts.ts';
import { placeOn, type DayNumber, type OpportunityHistory } from './history.ts';
import { firstDayOf, monthOf } from './months.ts';
import { squaresOf } from './counters.ts';
import { firstOnOrAfter } from './outcome-series.ts';
import { arrivalColumns, never, orderColumns, placesOf, productsOf, stayColumns } from './replay-columns.ts';
import type { Lesson } from './lessons.ts';
import type { ProcessFlow, Situation, WorthSums } from './situation.ts';

const sortedHistories = (histories: readonly OpportunityHistory[]): readonly OpportunityHistory[] =>
  histories.toSorted((a, b) => {
    const [first, second] = [a.places[0]?.since ?? 0, b.places[0]?.since ?? 0];
    return first - second || (a.id < b.id ? -1 : 1);
  });

type Moved = { readonly high: number; readonly low: number };
type MonthOfPlace = {
  readonly month: number;
  readonly place: number;
  wins: number;
  minor: number;
  withKnown: number;
  known: number;
  realised: number;
  readonly squares: Record<'squares' | 'realisedSquares' | 'knownSquares' | 'knownTimesRealised', Moved>;
};

const toSums = ({ squares, ...one }: MonthOfPlace): WorthSums => {
  const value = ({ high, low }: Moved): number => Number(squaresOf(high, low));
  return {
    ...one,
    squares: value(squares.squares),
    realisedSquares: value(squares.realisedSquares),
    knownSquares: value(squares.knownSquares),
    knownTimesRealised: value(squares.knownTimesRealised),
  };
};

/** Sums the orders of each month and place, a day at a time. */
const worthLedger = ({ orders, columns }: ReturnType<typeof orderColumns>) => {
  const months = new Map<number, MonthOfPlace>();
  const nothing: Moved = { high: 0, low: 0 };
  const plus = (a: Moved, b: Moved): Moved => ({ high: a.high + b.high, low: a.low + b.low });
  let next = 0;
  const take = (index: number): void => {
    const entry = orders[index];
    if (entry === undefined) return;
    const { order, place } = entry;
    const month = monthOf(order.day);
    const key = month * 1_000_000 + place;
    const sums = months.get(key) ?? {
      month,
      place,
      wins: 0,
      minor: 0,
      withKnown: 0,
      known: 0,
      realised: 0,
      squares: { squares: nothing, realisedSquares: nothing, knownSquares: nothing, knownTimesRealised: nothing },
    };
    months.set(key, sums);
    const products = productsOf(order);
    sums.wins += order.wins;
    sums.minor += order.minor;
    sums.withKnown += order.known === null ? 0 : order.wins;
    sums.known += (order.known ?? 0) * order.wins;
    sums.realised += order.known === null ? 0 : order.minor;
    sums.squares.squares = plus(sums.squares.squares, products.squares);
    sums.squares.realisedSquares = plus(sums.squares.realisedSquares, products.realisedSquares);
    sums.squares.knownSquares = plus(sums.squares.knownSquares, products.knownSquares);
    sums.squares.knownTimesRealised = plus(sums.squares.knownTimesRealised, products.knownTimesRealised);
  };
  return (before: DayNumber): readonly WorthSums[] => {
    for (const end = firstOnOrAfter(columns.day, columns.length, before); next < end; next += 1) take(next);
    return [...months].toSorted(([a], [b]) => a - b).map(([, sums]) => toSums(sums));
  };
};

export type Replay = {
  /** What was known at the beginning of a day. Days must be asked for in order. */
  readonly at: (today: DayNumber, past: readonly Lesson[]) => Situation;
};

/** Walks through histories by recorded day. `shapes` names the processes and the order of their milestones. */
export const replayOf = (given: readonly OpportunityHistory[], shapes: readonly ProcessShape[], startMonth: number): Replay => {
  const histories = sortedHistories(given);
  const { places, indexOf } = placesOf(histories);
  const segments = [...new Set(places.map((place) => place.segment))].toSorted();
  const processes: readonly ProcessFlow[] = shapes.map(({ processId, milestones }) => ({
    processId,
    counts: emptyFlowCounts(['', ...milestones.map((one) => one.milestone)], segments),
    prior: [{ conversion: null, medianDays: null }, ...milestones],
  }));
  const processIndex = new Map(processes.map(({ processId }, index) => [processId, index]));
  const stays = stayColumns(histories, (processId) => processes[processIndex.get(processId) ?? 0]?.counts.milestones ?? ['']);
  const byEnd = Int32Array.from(stays.until.keys()).toSorted((a, b) => (stays.until[a] ?? 0) - (stays.until[b] ?? 0) || a - b);
  const arrivals = arrivalColumns(histories, indexOf);
  const orders = orderColumns(histories, indexOf);
  const worthAt = worthLedger(orders);
  const processOf = Int32Array.from(places, (place) => processIndex.get(place.processId) ?? 0);
  const segmentOf = Int32Array.from(places, (place) => segments.indexOf(place.segment));
  const manyPlaces = Uint8Array.from(histories, (history) => (history.places.length > 1 ? 1 : 0));
  const onlyPlace = Int32Array.from(histories, (history) => indexOf(placeOn(history, never)));
  const placeAt = (history: number, on: DayNumber): number => {
    const moved = manyPlaces[history] === 1 ? histories[history] : undefined;
    return moved === undefined ? (onlyPlace[history] ?? 0) : indexOf(placeOn(moved, on));
  };
  const knownAt = (history: number, on: DayNumber): number =>
    histories[history]?.amounts.findLast((amount) => amount.since <= on)?.minor ?? Number.NaN;

  let [open, nextSince, nextEnd, rolled] = [new Int32Array(0), 0, 0, 0];
  const addRisk = (stay: number, from: DayNumber, to: DayNumber, sign = 1): void => {
    const place = placeAt(stays.history[stay] ?? 0, to);
    const counts = processes[processOf[place] ?? 0]?.counts;
    const since = stays.since[stay] ?? 0;
    if (counts !== undefined && from <= to)
      addDaysAtRisk(counts, { segment: segmentOf[place] ?? 0, milestone: stays.milestone[stay] ?? 0 }, { since, from, to }, sign);
  };
  const end = (stay: number): void => {
    const [since, until] = [stays.since[stay] ?? 0, stays.until[stay] ?? 0];
    addRisk(stay, Math.max(since, rolled), until);
    const place = placeAt(stays.history[stay] ?? 0, until);
    const counts = processes[processOf[place] ?? 0]?.counts;
    const exit = stays.exit[stay] ?? -1;
    if (counts === undefined || exit < 0) return;
    const at = { segment: segmentOf[place] ?? 0, milestone: stays.milestone[stay] ?? 0 };
    addExit(counts, at, { exit, age: until - since, day: until });
  };
  /** Ends what ended before a day, and keeps what is open then. */
  const advance = (today: DayNumber): void => {
    for (; nextEnd < byEnd.length && (stays.until[byEnd[nextEnd] ?? 0] ?? never) < today; nextEnd += 1) end(byEnd[nextEnd] ?? 0);
    const entered: number[] = [];
    for (; nextSince < stays.length && (stays.since[nextSince] ?? never) < today; nextSince += 1) entered.push(nextSince);
    open = Int32Array.from([...open, ...entered]).filter((stay) => (stays.until[stay] ?? never) >= today);
  };
  const rollTo = (today: DayNumber): void => {
    const first = stays.length === 0 ? today : Math.min(stays.since[0] ?? today, today);
    for (let month = monthOf(Math.max(rolled, first)) + 1; firstDayOf(month) <= today; month += 1) {
      advance(firstDayOf(month));
      for (const stay of open) addRisk(stay, Math.max(stays.since[stay] ?? 0, rolled), firstDayOf(month) - 1);
      rolled = firstDayOf(month);
    }
    advance(today);
  };
  let looked: { readonly stay: number; readonly from: DayNumber; readonly to: DayNumber }[] = [];
  const unlook = (): void => {
    for (const { stay, from, to } of looked) addRisk(stay, from, to, -1);
    looked = [];
  };
  const look = (today: DayNumber): void => {
    looked = Array.from(open, (stay) => ({ stay, from: Math.max(stays.since[stay] ?? 0, rolled), to: today - 1 }));
    for (const { stay, from, to } of looked) addRisk(stay, from, to);
  };
  return {
    at: (today, past) => {
      // the days of this month at which open stays were at risk are added for the look only
      unlook();
      rollTo(today);
      look(today);
      const before = (columns: { readonly day: Int32Array; readonly length: number }): number =>
        firstOnOrAfter(columns.day, columns.length, today);
      const standing = open
        .filter((stay) => (stays.since[stay] ?? never) < today)
        .toSorted((a, b) => (stays.history[a] ?? 0) - (stays.history[b] ?? 0));
      return {
        today,
        startMonth,
        firstDay: Math.min(today, arrivals.day[0] ?? today),
        places,
        processOf,
        segmentOf,
        processes,
        arrivals: { ...arrivals, length: before(arrivals) },
        orders: { ...orders.columns, length: before(orders.columns) },
        worth: worthAt(today),
        open: {
          length: standing.length,
          place: standing.map((stay) => placeAt(stays.history[stay] ?? 0, today - 1)),
          milestone: standing.map((stay) => stays.milestone[stay] ?? 0),
          since: standing.map((stay) => stays.since[stay] ?? 0),
          known: Float64Array.from(standing, (stay) => knownAt(stays.history[stay] ?? 0, today - 1)),
        },
        past,
      };
    },
  };
};
