import type { Origin } from '@meilenstein/forecasting/replay/backtest';
import type { ForecastWindow } from '@meilenstein/forecasting/input/forecast-input';
import { civilOf, firstDayOf, monthOf } from '@meilenstein/forecasting/input/months';

export type Step = 'week' | 'month';
export type Horizon = { readonly count: number; readonly unit: 'w' | 'm' };

/** Reads `4w` or `3m`; undefined for other texts. */
export const horizonOf = (text: string): Horizon | undefined => {
  const [, count, unit] = /^([1-9]\d?)([wm])$/.exec(text) ?? [];
  return count === undefined || (unit !== 'w' && unit !== 'm') ? undefined : { count: Number(count), unit };
};

/** The default horizons of each step. */
export const usualHorizons = { week: '1w,4w,13w', month: '1m,3m' } as const;

const windowFrom = (from: number, { count, unit }: Horizon): ForecastWindow => {
  const kind = `${count}${unit}`;
  if (unit === 'w') return { kind, from, until: from + 7 * count };
  // from the first day of a month this gives the first day of another month
  const { dayOfMonth } = civilOf(from);
  return { kind, from, until: firstDayOf(monthOf(from) + count) + dayOfMonth - 1 };
};

// 1970-01-05 was a Monday
const firstMonday = 4;

/** Every Monday or first of a month after the first day of facts, to the day after the last one. */
export const originsBetween = (first: number, last: number, step: Step, horizons: readonly Horizon[]): readonly Origin[] => {
  const days: number[] = [];
  if (step === 'week')
    for (let day = firstMonday + 7 * (Math.floor((first - firstMonday) / 7) + 1); day <= last + 1; day += 7) days.push(day);
  else for (let month = monthOf(first) + 1; firstDayOf(month) <= last + 1; month += 1) days.push(firstDayOf(month));
  return days.map((today) => ({ today, windows: horizons.map((horizon) => windowFrom(today, horizon)) }));
};

/** `2026-11-24` of a day number. */
export const dayText = (day: number): string => {
  const { year, month, dayOfMonth } = civilOf(day);
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
};
