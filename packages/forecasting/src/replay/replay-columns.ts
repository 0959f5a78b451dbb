// Histories as flat columns, made once, so that a replay can move through the days without reading what lies ahead.
import { squareParts } from '../counts/counters.ts';
import { exitIndex } from '../counts/flow-counts.ts';
import type { OpportunityHistory, BookedOrder, Cell } from '../input/history.ts';
import { indexOfCells, sortedCells } from '../input/cells.ts';

/** A day after all others. */
export const never = 0x7fff_ffff;

/** The cells of histories in a fixed order, and the index of each. */
export const cellsOf = (histories: readonly OpportunityHistory[]) => {
  const cells = sortedCells(histories.flatMap((history) => [...history.cells, ...history.orders].map(({ cell }) => cell)));
  return { cells, indexOf: indexOfCells(cells) };
};

/** Dwells by the day of entering. `exit` -1: still open. `history` is the index of the opportunity. */
export type DwellColumns = {
  readonly length: number;
  readonly history: Int32Array;
  readonly milestone: Int32Array;
  readonly since: Int32Array;
  readonly until: Int32Array;
  readonly exit: Int32Array;
};

type Milestones = (processId: string) => readonly string[];

/** All dwells in order of their first day; equal days in order of the histories. */
export const dwellColumns = (histories: readonly OpportunityHistory[], milestonesOf: Milestones): DwellColumns => {
  const rows = histories.flatMap((history, index) => {
    const milestones = milestonesOf(history.cells[0]?.cell.processId ?? '');
    return history.dwells.map((dwell) => ({
      history: index,
      milestone: Math.max(0, milestones.indexOf(dwell.milestone)),
      since: dwell.since,
      until: dwell.until ?? never,
      exit: dwell.exit === null ? -1 : (exitIndex({ milestones }, dwell.exit) ?? -1),
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
export const arrivalColumns = (histories: readonly OpportunityHistory[], indexOf: (cell: Cell) => number) => {
  const rows = histories.flatMap(({ cells: [first] }) => (first === undefined ? [] : [{ day: first.since, cell: indexOf(first.cell) }]));
  const sorted = rows.toSorted((a, b) => a.day - b.day || a.cell - b.cell);
  return {
    length: rows.length,
    day: Int32Array.from(sorted, (row) => row.day),
    cell: Int32Array.from(sorted, (row) => row.cell),
    count: new Float64Array(rows.length).fill(1),
  };
};

/** Orders by day, as columns and as objects. */
export const orderColumns = (histories: readonly OpportunityHistory[], indexOf: (cell: Cell) => number) => {
  const rows = histories.flatMap(({ orders }) => orders.map((order) => ({ order, cell: indexOf(order.cell) })));
  const sorted = rows.toSorted((a, b) => a.order.day - b.order.day || a.cell - b.cell || a.order.minor - b.order.minor);
  return {
    orders: sorted,
    columns: {
      length: rows.length,
      day: Int32Array.from(sorted, ({ order }) => order.day),
      cell: Int32Array.from(sorted, ({ cell }) => cell),
      wins: Float64Array.from(sorted, ({ order }) => order.wins),
      minor: Float64Array.from(sorted, ({ order }) => order.minor),
    },
  };
};

const product = (a: number, b: number, sign: number): { high: number; low: number } => {
  const { high, low } = squareParts(a, b);
  return { high: sign * high, low: sign * low };
};

/** The exact products of an order, for the sums of a month. */
export const productsOf = ({ wins, minor, known }: BookedOrder) => {
  const size = Math.abs(minor);
  const nothing = { high: 0, low: 0 };
  return {
    squares: product(size, size, wins),
    realisedSquares: known === null ? nothing : product(size, size, wins),
    knownSquares: known === null ? nothing : product(known, known, wins),
    knownTimesRealised: known === null ? nothing : product(known, size, wins),
  };
};
