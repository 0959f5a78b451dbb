import { classFactors } from '../hazards/calendar-effects.ts';
import type { ForecastWindow } from '../input/forecast-input.ts';
import { calendarClasses } from '../hazards/calendar-classes.ts';
import { firstDayOf, monthOf } from '../input/months.ts';
import { wonByDay } from './outcome-series.ts';
import type { Situation } from '../input/situation.ts';

const halfLifeDays = 183;

/** Amounts won by day since the first order. The days before it are left out: they do not show a slow pace. */
const sinceFirstOrder = (situation: Situation): { readonly firstDay: number; readonly series: Float64Array } => {
  const series = wonByDay(situation);
  const start = series.findIndex((minor) => minor !== 0);
  return start < 0
    ? { firstDay: situation.today, series: new Float64Array(0) }
    : { firstDay: situation.firstDay + start, series: series.subarray(start) };
};

/** The sum over the remaining days of the window at the present pace: a level times the index of each day's calendar class. */
const runRate = (series: Float64Array, firstDay: number, { today, startMonth }: Situation, days: readonly number[]): number => {
  const classes = calendarClasses(monthOf(today) - monthOf(firstDay), startMonth);
  const months = Array.from({ length: monthOf(today - 1) - monthOf(firstDay) + 1 }, (_, n) => {
    const month = monthOf(firstDay) + n;
    const [from, until] = [Math.max(firstDay, firstDayOf(month)), Math.min(today, firstDayOf(month + 1))];
    const won = series.subarray(from - firstDay, until - firstDay).reduce((sum, one) => sum + one, 0);
    const share = (until - from) / (firstDayOf(month + 1) - firstDayOf(month));
    return { won, share, days: until - from, class: classes.of(firstDayOf(month)), weight: 0.5 ** ((today - until) / halfLifeDays) };
  });
  const level = (factors: Float64Array): number => {
    const [won, spent] = months.reduce(
      ([w, d], one) => [w + one.weight * one.won, d + one.weight * one.days * (factors[one.class] ?? 1)],
      [0, 0],
    );
    return spent > 0 ? Math.max(0, won) / spent : 0;
  };
  const flat = level(new Float64Array(classes.count).fill(1));
  if (flat <= 0) return 0;
  // amounts in thirtieths of a month's level: they scatter as thirty orders a month would
  const rates = months.map((one) => ({
    observed: Math.max(0, one.won) / flat,
    expected: one.days,
    weight: one.weight,
    share: one.share,
    class: one.class,
  }));
  const index = classFactors(rates, classes.count);
  return days.reduce((total, day) => total + level(index) * (index[classes.of(day)] ?? 1), 0);
};

/** The experts that use orders only: the run-rate, and the amount won in the last period of the same length. In minor units; absent without history. */
export const paceExperts = (situation: Situation, window: ForecastWindow): Readonly<Record<string, number>> => {
  const from = Math.max(window.from, situation.today);
  const length = window.until - from;
  const { firstDay, series } = sinceFirstOrder(situation);
  if (length <= 0 || series.length === 0) return {};
  const days = Array.from({ length }, (_, n) => from + n);
  const last = series.length >= length ? series.subarray(series.length - length).reduce((sum, one) => sum + one, 0) : undefined;
  return { runRate: runRate(series, firstDay, situation, days), ...(last === undefined ? {} : { last }) };
};
