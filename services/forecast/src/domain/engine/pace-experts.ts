import type { ForecastWindow } from './evidence.ts';
import { calendarClasses } from './hazards.ts';
import { monthOf } from './months.ts';
import { wonByDay } from './outcome-series.ts';
import type { Situation } from './situation.ts';

const halfLifeDays = 183;
/** So many mean months pull a calendar class to the level. */
const pull = 0.3;
const daysOfMonth = 30.4;

/** What each day of the remaining window brings when things go on as they did: a level times the index of the calendar class. */
const runRate = (series: Float64Array, situation: Situation, days: readonly number[]): number => {
  const { today, firstDay, startMonth } = situation;
  const classes = calendarClasses(monthOf(today) - monthOf(firstDay), startMonth);
  const [won, weight] = [new Float64Array(classes.count), new Float64Array(classes.count)];
  series.forEach((minor, index) => {
    const c = classes.of(firstDay + index);
    const w = 0.5 ** ((today - 1 - firstDay - index) / halfLifeDays);
    won[c] = (won[c] ?? 0) + w * minor;
    weight[c] = (weight[c] ?? 0) + w;
  });
  const sum = (values: Float64Array): number => values.reduce((all, one) => all + one, 0);
  const level = sum(weight) > 0 ? sum(won) / sum(weight) : 0;
  if (level <= 0) return 0;
  const index = won.map((minor, c) => (pull + minor / level / daysOfMonth) / (pull + (weight[c] ?? 0) / daysOfMonth));
  return days.reduce((total, day) => total + level * (index[classes.of(day)] ?? 1), 0);
};

/** The experts that look at orders only: the run-rate, and the last equal stretch of days. Minor units; absent: nothing to go by. */
export const paceExperts = (situation: Situation, window: ForecastWindow): Readonly<Record<string, number>> => {
  const from = Math.max(window.from, situation.today);
  const length = window.until - from;
  const series = wonByDay(situation);
  if (length <= 0 || series.length === 0) return {};
  const days = Array.from({ length }, (_, n) => from + n);
  const last = series.length >= length ? series.subarray(series.length - length).reduce((sum, one) => sum + one, 0) : undefined;
  return { runRate: runRate(series, situation, days), ...(last === undefined ? {} : { last }) };
};
