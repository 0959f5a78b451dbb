import type { DayNumber } from '../input/history.ts';
import type { OrderColumns, Situation } from '../input/situation.ts';

/** The index of the first entry on or after a day. */
export const firstOnOrAfter = (days: Int32Array, length: number, day: DayNumber): number => {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** What was won on the days [from, until), by cell. Exact: the amounts are integers. */
export const wonByCell = (orders: OrderColumns, cells: number, from: DayNumber, until: DayNumber): Float64Array => {
  const won = new Float64Array(cells);
  for (let i = firstOnOrAfter(orders.day, orders.length, from); i < orders.length && (orders.day[i] ?? 0) < until; i += 1) {
    const cell = orders.cell[i] ?? 0;
    won[cell] = (won[cell] ?? 0) + (orders.minor[i] ?? 0);
  }
  return won;
};

/** The amount won on each day, from the day of the first fact to yesterday. */
export const wonByDay = ({ orders, firstDay, today }: Situation): Float64Array => {
  const series = new Float64Array(Math.max(0, today - firstDay));
  for (let i = 0; i < orders.length; i += 1) {
    const at = (orders.day[i] ?? 0) - firstDay;
    if (at < series.length) series[at] = (series[at] ?? 0) + (orders.minor[i] ?? 0);
  }
  return series;
};

/** Recently won amounts by cell, with a half-life of six months. */
export const recentlyWonByCell = ({ orders, cells, today }: Situation): Float64Array => {
  const won = new Float64Array(cells.length);
  for (let i = 0; i < orders.length; i += 1) {
    const cell = orders.cell[i] ?? 0;
    won[cell] = (won[cell] ?? 0) + (orders.minor[i] ?? 0) * 0.5 ** ((today - 1 - (orders.day[i] ?? 0)) / 183);
  }
  return won.map((one) => Math.max(0, one));
};
