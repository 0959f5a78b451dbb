// Sums of order values by month and cell, carried forward from day to day. Products stay exact.
import { squaresOf } from '../counts/counters.ts';
import type { DayNumber } from '../input/history.ts';
import { monthOf } from '../input/months.ts';
import { firstOnOrAfter } from '../baselines/outcome-series.ts';
import { productsOf, type orderColumns } from '../replay/replay-columns.ts';
import type { WorthSums } from '../input/situation.ts';

type Moved = { readonly high: number; readonly low: number };
type MonthOfCell = {
  readonly month: number;
  readonly cell: number;
  wins: number;
  minor: number;
  withKnown: number;
  known: number;
  realised: number;
  readonly squares: Record<'squares' | 'realisedSquares' | 'knownSquares' | 'knownTimesRealised', Moved>;
};

const toSums = ({ squares, ...one }: MonthOfCell): WorthSums => {
  const value = ({ high, low }: Moved): number => Number(squaresOf(high, low));
  return {
    ...one,
    squares: value(squares.squares),
    realisedSquares: value(squares.realisedSquares),
    knownSquares: value(squares.knownSquares),
    knownTimesRealised: value(squares.knownTimesRealised),
  };
};

/** Sums the orders of each month and cell. The function it returns gives the sums before a day; days must be asked for in ascending order. */
export const worthByDay = ({ orders, columns }: ReturnType<typeof orderColumns>) => {
  const months = new Map<number, MonthOfCell>();
  const nothing: Moved = { high: 0, low: 0 };
  const plus = (a: Moved, b: Moved): Moved => ({ high: a.high + b.high, low: a.low + b.low });
  let next = 0;
  const take = (index: number): void => {
    const entry = orders[index];
    if (entry === undefined) return;
    const { order, cell } = entry;
    const month = monthOf(order.day);
    const key = month * 1_000_000 + cell;
    const sums = months.get(key) ?? {
      month,
      cell,
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
