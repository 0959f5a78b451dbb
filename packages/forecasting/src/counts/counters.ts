import { ageBin, ageSplit } from './ages.ts';
import type { DayNumber, OpportunityHistory, OrderTaken, Place, Stay } from '../input/history.ts';
import { placeOn } from '../input/history.ts';
import { firstDayOf, monthOf, type MonthNumber } from '../input/months.ts';

/**
 * Which small item a number is added to. `flow`: what happened at one milestone of one process and segment in a month (at most 21 age
 * bins times the ways out). `arrivals` and `outcomes`: what one place saw on the days of a month (at most 31 days).
 */
export type Cell =
  | { readonly kind: 'flow'; readonly month: MonthNumber; readonly processId: string; readonly segment: string; readonly milestone: string }
  | { readonly kind: 'arrivals'; readonly month: MonthNumber; readonly place: Place }
  | { readonly kind: 'outcomes'; readonly month: MonthNumber; readonly place: Place };

/**
 * Safe integers by name; a sum of them never leaves the safe range where the parts do not.
 * - flow: `e<age bin>` days at risk; `n<age bin>:<exit>` exits, exit = won, lost or `>` and a milestone
 * - arrivals: `<day of month>` opportunities that arrived
 * - outcomes: `w<day>` orders less cancellations, `v<day>` their minor units, `l<day>` losses; over the month, of orders whose amount
 *   was known before: `n` orders, `k` known, `r` realised; sums of squares in two parts each (see `squareParts`): `vv` of all, `rr`, `kk`, `kv` of
 *   those + `H` / `L`
 */
export type Counts = Readonly<Record<string, number>>;

export type CellAddition = { readonly cell: Cell; readonly by: Counts };

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

/** A stay that ended on a day is at risk on each day from its first to its last, both included: age 0 is the day of entering. */
export const stayAdditions = ({ processId, segment }: Place, stay: Stay, until: DayNumber): readonly CellAddition[] => {
  const last = stay.until ?? until;
  const additions: CellAddition[] = [];
  for (let month = monthOf(stay.since); firstDayOf(month) <= last; month += 1) {
    const by: Record<string, number> = {};
    const [from, to] = [Math.max(stay.since, firstDayOf(month)), Math.min(last, firstDayOf(month + 1) - 1)];
    for (const [bin, days] of ageSplit(from - stay.since, to - stay.since)) by[`e${bin}`] = days;
    if (stay.until !== null && to === stay.until) by[`n${ageBin(to - stay.since)}:${stay.exit}`] = 1;
    additions.push({ cell: { kind: 'flow', month, processId, segment, milestone: stay.milestone }, by });
  }
  return additions;
};

const dayOfMonth = (day: DayNumber): number => day - firstDayOf(monthOf(day)) + 1;

const squaresOfOrder = ({ wins, minor, known }: OrderTaken): Counts => {
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

const orderAddition = (order: OrderTaken): CellAddition => ({
  cell: { kind: 'outcomes', month: monthOf(order.day), place: order.place },
  by: { [`w${dayOfMonth(order.day)}`]: order.wins, [`v${dayOfMonth(order.day)}`]: order.minor, ...squaresOfOrder(order) },
});

/**
 * Everything that an opportunity adds to the counters: a pure function of its history, so the difference of two calls is the update and
 * subtracting a call undoes it exactly. A stay counts where the opportunity was on its last day, so that a later owner changes nothing. Open stays add nothing here: the engine adds their days from their rows. One stay costs one cell
 * for each month that it touched, an arrival, an order and a loss one cell each.
 */
export const additionsOf = (history: OpportunityHistory): readonly CellAddition[] => {
  const [arrival] = history.places;
  const ended = history.stays.filter((stay) => stay.until !== null);
  const losses = ended.filter((stay) => stay.exit === 'lost');
  return [
    ...ended.flatMap((stay) => stayAdditions(placeOn(history, stay.until ?? stay.since), stay, stay.until ?? stay.since)),
    ...(arrival === undefined
      ? []
      : [
          {
            cell: { kind: 'arrivals' as const, month: monthOf(arrival.since), place: arrival.place },
            by: { [`${dayOfMonth(arrival.since)}`]: 1 },
          },
        ]),
    ...losses.flatMap(({ until }) =>
      until === null
        ? []
        : [
            {
              cell: { kind: 'outcomes' as const, month: monthOf(until), place: placeOn(history, until) },
              by: { [`l${dayOfMonth(until)}`]: 1 },
            },
          ],
    ),
    ...history.orders.map(orderAddition),
  ];
};
