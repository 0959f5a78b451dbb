import { ageBin, ageSplit } from './ages.ts';
import type { DayNumber, OpportunityHistory, BookedOrder, Cell, Dwell } from '../input/history.ts';
import { cellOn } from '../input/history.ts';
import { firstDayOf, monthOf, type MonthNumber } from '../input/months.ts';

/**
 * The counter that a number is added to. `flow`: what happened at one milestone of one process and segment in a month (at most 21 age
 * bins times the ways out). `arrivals` and `outcomes`: what happened in one cell on the days of a month (at most 31 days).
 */
export type CounterKey =
  | { readonly kind: 'flow'; readonly month: MonthNumber; readonly processId: string; readonly segment: string; readonly milestone: string }
  | { readonly kind: 'arrivals'; readonly month: MonthNumber; readonly cell: Cell }
  | { readonly kind: 'outcomes'; readonly month: MonthNumber; readonly cell: Cell };

/**
 * Safe integers by name. Their sums stay in the safe range.
 * - flow: `e<age bin>` days at risk; `n<age bin>:<exit>` exits, exit = won, lost or `>` and a milestone
 * - arrivals: `<day of month>` opportunities that arrived
 * - outcomes: `w<day>` orders less cancellations, `v<day>` their minor units, `l<day>` losses; over the month, of orders whose amount
 *   was known before: `n` orders, `k` known, `r` realised; sums of squares in two parts each (see `squareParts`): `vv` of all, `rr`, `kk`, `kv` of
 *   those + `H` / `L`
 */
export type Counts = Readonly<Record<string, number>>;

export type CounterAddition = { readonly key: CounterKey; readonly by: Counts };

const half = 10n ** 12n;

/** A product of two amounts as two safe integers, product = high · 10¹² + low: sums stay exact in any order of additions. */
export const squareParts = (a: number, b: number): { readonly high: number; readonly low: number } => {
  const product = BigInt(a) * BigInt(b);
  return { high: Number(product / half), low: Number(product % half) };
};

/** The sum of products that the two parts stand for. */
export const squaresOf = (high: number, low: number): bigint => BigInt(high) * half + BigInt(low);

const signed = (name: string, a: number, b: number, sign: number): Counts => {
  const { high, low } = squareParts(a, b);
  return { [`${name}H`]: sign * high, [`${name}L`]: sign * low };
};

/** A dwell that ended on a day is at risk on each day from its first to its last, both included: age 0 is the day of entering. */
export const dwellAdditions = ({ processId, segment }: Cell, dwell: Dwell, until: DayNumber): readonly CounterAddition[] => {
  const last = dwell.until ?? until;
  const additions: CounterAddition[] = [];
  for (let month = monthOf(dwell.since); firstDayOf(month) <= last; month += 1) {
    const by: Record<string, number> = {};
    const [from, to] = [Math.max(dwell.since, firstDayOf(month)), Math.min(last, firstDayOf(month + 1) - 1)];
    for (const [bin, days] of ageSplit(from - dwell.since, to - dwell.since)) by[`e${bin}`] = days;
    if (dwell.until !== null && to === dwell.until) by[`n${ageBin(to - dwell.since)}:${dwell.exit}`] = 1;
    additions.push({ key: { kind: 'flow', month, processId, segment, milestone: dwell.milestone }, by });
  }
  return additions;
};

const dayOfMonth = (day: DayNumber): number => day - firstDayOf(monthOf(day)) + 1;

const squaresOfOrder = ({ wins, minor, known }: BookedOrder): Counts => {
  const size = Math.abs(minor);
  const all = signed('vv', size, size, wins);
  if (known === null) return all;
  return {
    ...all,
    n: wins,
    k: wins * known,
    r: minor,
    ...signed('rr', size, size, wins),
    ...signed('kk', known, known, wins),
    ...signed('kv', known, size, wins),
  };
};

const orderAddition = (order: BookedOrder): CounterAddition => ({
  key: { kind: 'outcomes', month: monthOf(order.day), cell: order.cell },
  by: { [`w${dayOfMonth(order.day)}`]: order.wins, [`v${dayOfMonth(order.day)}`]: order.minor, ...squaresOfOrder(order) },
});

/**
 * Everything that an opportunity adds to the counters. It is a pure function of the history: the difference of two calls is the update, and
 * subtracting a call undoes it exactly. A dwell counts in the cell in which it ended, so that a later change of owner does not move it. Open
 * dwells are not counted here: the engine adds their days when it forecasts. A dwell changes one counter for each month that it touches; an
 * arrival, an order and a loss change one counter each.
 */
export const additionsOf = (history: OpportunityHistory): readonly CounterAddition[] => {
  const [arrival] = history.cells;
  const ended = history.dwells.filter((dwell) => dwell.until !== null);
  const losses = ended.filter((dwell) => dwell.exit === 'lost');
  return [
    ...ended.flatMap((dwell) => dwellAdditions(cellOn(history, dwell.until ?? dwell.since), dwell, dwell.until ?? dwell.since)),
    ...(arrival === undefined
      ? []
      : [
          {
            key: { kind: 'arrivals' as const, month: monthOf(arrival.since), cell: arrival.cell },
            by: { [`${dayOfMonth(arrival.since)}`]: 1 },
          },
        ]),
    ...losses.flatMap(({ until }) =>
      until === null
        ? []
        : [
            {
              key: { kind: 'outcomes' as const, month: monthOf(until), cell: cellOn(history, until) },
              by: { [`l${dayOfMonth(until)}`]: 1 },
            },
          ],
    ),
    ...history.orders.map(orderAddition),
  ];
};
