// Histories as flat columns, made once, so that a replay can walk through the days without looking at what is still ahead.
import { squareParts } from '../counts/counters.ts';
import { exitIndex } from '../counts/flow-counts.ts';
import type { OpportunityHistory, OrderTaken, Place } from '../input/history.ts';
import { indexOfPlaces, sortedPlaces } from '../input/places.ts';

/** No day: after every other. */
export const never = 0x7fff_ffff;

/** The places of histories in a fixed order, and the index of each. */
export const placesOf = (histories: readonly OpportunityHistory[]) => {
  const places = sortedPlaces(histories.flatMap((history) => [...history.places, ...history.orders].map(({ place }) => place)));
  return { places, indexOf: indexOfPlaces(places) };
};

/** Stays, by the day of entering; `exit` -1: still open. `history` is the index of the opportunity. */
export type StayColumns = {
  readonly length: number;
  readonly history: Int32Array;
  readonly milestone: Int32Array;
  readonly since: Int32Array;
  readonly until: Int32Array;
  readonly exit: Int32Array;
};

type Milestones = (processId: string) => readonly string[];

/** All stays in order of their first day; equal days in order of the histories. */
export const stayColumns = (histories: readonly OpportunityHistory[], milestonesOf: Milestones): StayColumns => {
  const rows = histories.flatMap((history, index) => {
    const milestones = milestonesOf(history.places[0]?.place.processId ?? '');
    return history.stays.map((stay) => ({
      history: index,
      milestone: Math.max(0, milestones.indexOf(stay.milestone)),
      since: stay.since,
      until: stay.until ?? never,
      exit: stay.exit === null ? -1 : (exitIndex({ milestones }, stay.exit) ?? -1),
    }));
  });
  const sorted = rows.toSorted((a, b) => a.since - b.since);
  const column = (of: (row: (typeof rows)[number]) => number) => Int32Array.from(sorted, of);
  return {
    length: rows.length,
    history: column((row) => row.history),
    milestone: column((row) => row.milestone),
    since: column((row) => row.since),
    until: column((row) => row.until),
    exit: column((row) => row.exit),
  };
};

/** Arrivals by day. */
export const arrivalColumns = (histories: readonly OpportunityHistory[], indexOf: (place: Place) => number) => {
  const rows = histories.flatMap(({ places: [first] }) => (first === undefined ? [] : [{ day: first.since, place: indexOf(first.place) }]));
  const sorted = rows.toSorted((a, b) => a.day - b.day || a.place - b.place);
  return {
    length: rows.length,
    day: Int32Array.from(sorted, (row) => row.day),
    place: Int32Array.from(sorted, (row) => row.place),
    count: new Float64Array(rows.length).fill(1),
  };
};

/** Orders by day, as columns and as they are. */
export const orderColumns = (histories: readonly OpportunityHistory[], indexOf: (place: Place) => number) => {
  const rows = histories.flatMap(({ orders }) => orders.map((order) => ({ order, place: indexOf(order.place) })));
  const sorted = rows.toSorted((a, b) => a.order.day - b.order.day || a.place - b.place || a.order.minor - b.order.minor);
  return {
    orders: sorted,
    columns: {
      length: rows.length,
      day: Int32Array.from(sorted, ({ order }) => order.day),
      place: Int32Array.from(sorted, ({ place }) => place),
      wins: Float64Array.from(sorted, ({ order }) => order.wins),
      minor: Float64Array.from(sorted, ({ order }) => order.minor),
    },
  };
};

const product = (a: number, b: number, sign: number): { high: number; low: number } => {
  const { high, low } = squareParts(a, b);
  return { high: sign * high, low: sign * low };
};

/** The exact products of an order that the sums of a month need. */
export const productsOf = ({ wins, minor, known }: OrderTaken) => {
  const size = Math.abs(minor);
  const nothing = { high: 0, low: 0 };
  return {
    squares: product(size, size, wins),
    realisedSquares: known === null ? nothing : product(size, size, wins),
    knownSquares: known === null ? nothing : product(known, known, wins),
    knownTimesRealised: known === null ? nothing : product(known, size, wins),
  };
};
