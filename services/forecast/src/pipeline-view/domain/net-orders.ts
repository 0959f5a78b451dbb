import type { DayNumber } from '@meilenstein/forecasting/input/history';
import { squaresOf } from '@meilenstein/forecasting/counts/counters';
import type { Counter } from '@meilenstein/forecasting/input/forecast-input';
import { firstDayOf, monthOf, type MonthNumber } from '@meilenstein/forecasting/input/months';
import type { Node } from '@meilenstein/forecasting/input/node';
import { nodesOfCell, nodeText, type TeamBelow } from '../../forecasts/domain/node-names.ts';

/** Orders less cancellations; `squares`: the sum of the squared orders. */
export type NetOrders = { readonly wins: number; readonly minor: number; readonly squares: number };

type Days = Map<DayNumber, { wins: number; minor: number }>;
type Months = Map<MonthNumber, { wins: number; squares: number }>;
type Kept = { readonly days: Days; readonly months: Months };

export type NetOrdersByNode = {
  /** what was won on the days [from, until) */
  readonly of: (node: Node, from: DayNumber, until: DayNumber) => NetOrders;
};

const sumOf = (kept: Kept, from: DayNumber, until: DayNumber): NetOrders => {
  let [wins, minor, squares] = [0, 0, 0];
  const byMonth = new Map<MonthNumber, number>();
  for (const [day, one] of kept.days) {
    if (day < from || day >= until) continue;
    wins += one.wins;
    minor += one.minor;
    byMonth.set(monthOf(day), (byMonth.get(monthOf(day)) ?? 0) + one.wins);
  }
  // squares are kept by month: a part of a month gets a share of them in proportion to its orders
  for (const [month, some] of byMonth) {
    const all = kept.months.get(month);
    if (all !== undefined && all.wins > 0) squares += (all.squares * Math.max(0, some)) / all.wins;
  }
  return { wins, minor, squares: Math.max(0, squares) };
};

/** Orders less cancellations of every node by day, from the counters of outcomes. */
export const netOrdersByNode = (counters: readonly Counter[], teams: readonly TeamBelow[]): NetOrdersByNode => {
  const nodesOf = nodesOfCell(teams);
  const byNode = new Map<string, Kept>();
  for (const { key, counts } of counters) {
    if (key.kind !== 'outcomes') continue;
    const first = firstDayOf(key.month);
    for (const node of nodesOf(key.cell)) {
      const kept = byNode.get(nodeText(node)) ?? { days: new Map(), months: new Map() };
      byNode.set(nodeText(node), kept);
      const month = kept.months.get(key.month) ?? { wins: 0, squares: 0 };
      kept.months.set(key.month, month);
      month.squares += Number(squaresOf(counts['vvH'] ?? 0, counts['vvL'] ?? 0));
      for (const [name, count] of Object.entries(counts)) {
        const [, kind, number] = /^([wv])(\d+)$/.exec(name) ?? [];
        if (number === undefined) continue;
        const day = first + Number(number) - 1;
        const one = kept.days.get(day) ?? { wins: 0, minor: 0 };
        kept.days.set(day, one);
        if (kind === 'w') {
          one.wins += count;
          month.wins += count;
        } else one.minor += count;
      }
    }
  }
  return {
    of: (node, from, until) => {
      const kept = byNode.get(nodeText(node));
      return kept === undefined ? { wins: 0, minor: 0, squares: 0 } : sumOf(kept, from, until);
    },
  };
};
