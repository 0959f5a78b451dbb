// How much a forecast depends on where in the month a history lies: the same history, moved by whole weeks, and what the forecasts are then.
import type { FlowEvent } from '@meilenstein/forecasting/counts/flow-events';
import { backtest, type Origin } from '@meilenstein/forecasting/replay/backtest';

/** Which origins and windows to compare: the last Mondays of the history and windows of some weeks. */
export type Compared = { readonly weeksBetweenOrigins: number; readonly origins: number; readonly windows: readonly number[] };

/** The mean of the total in every moved history, the unmoved one first. */
export type MovedMeans = { readonly origin: number; readonly weeks: number; readonly means: readonly number[] };

const week = 7;
// 1970-01-05 was a Monday
const firstMonday = 4;

const spanOf = (events: readonly FlowEvent[]) =>
  events.reduce((span, { day }) => ({ first: Math.min(span.first, day), last: Math.max(span.last, day) }), {
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
  });

const originsIn = (events: readonly FlowEvent[], { weeksBetweenOrigins, windows }: Compared): readonly Origin[] => {
  const { first, last } = spanOf(events);
  const days: number[] = [];
  for (let day = firstMonday + week * Math.floor((last + 1 - firstMonday) / week); day > first; day -= week * weeksBetweenOrigins)
    days.unshift(day);
  return days.map((today) => ({
    today,
    windows: windows.map((weeks) => ({ kind: `${weeks}w`, from: today, until: today + week * weeks })),
  }));
};

const movedBy = (days: number, origins: readonly Origin[]): readonly Origin[] =>
  origins.map(({ today, windows }) => ({
    today: today + days,
    windows: windows.map(({ kind, from, until }) => ({ kind, from: from + days, until: until + days })),
  }));

/** Forecasts a history again for every number of weeks that it is moved by. Origins and windows move with it. */
export const meansWhenMoved = (events: readonly FlowEvent[], movedWeeks: readonly number[], compared: Compared): readonly MovedMeans[] => {
  const origins = originsIn(events, compared);
  const found = new Map<string, { readonly origin: number; readonly weeks: number; readonly means: number[] }>();
  for (const days of [0, ...movedWeeks].map((weeks) => weeks * week)) {
    const moved = days === 0 ? events : events.map((event) => ({ ...event, day: event.day + days }));
    for (const { origin, forecasts } of backtest(moved, movedBy(days, origins))) {
      if (!origins.slice(-compared.origins).some(({ today }) => today === origin - days)) continue;
      for (const { node, window, mean } of forecasts) {
        if (node.level !== 'total') continue;
        const key = `${origin - days} ${window.kind}`;
        const at = found.get(key) ?? { origin: origin - days, weeks: (window.until - window.from) / week, means: [] };
        at.means.push(mean);
        found.set(key, at);
      }
    }
  }
  return [...found.values()];
};

/** The relative changes against the unmoved history: their median and the largest. */
export const changesOf = ({ means }: Pick<MovedMeans, 'means'>): { readonly median: number; readonly largest: number } => {
  const [unmoved = 0, ...moved] = means;
  const changes = moved
    .map((mean) => (unmoved === 0 ? (mean === 0 ? 0 : Number.POSITIVE_INFINITY) : Math.abs(mean / unmoved - 1)))
    .toSorted((a, b) => a - b);
  return { median: changes[Math.floor(changes.length / 2)] ?? 0, largest: changes.at(-1) ?? 0 };
};
