import { dayOf, day, startOfDay, Temporal, type Instant, type TimeZone } from '@meilenstein/kernel';
import type { Span } from './service-level-report.ts';

/** A calendar month in a zone, from its first instant to that of the next month. */
export const monthSpan = (month: string, zone: TimeZone): Span => {
  const first = (offset: number): Instant =>
    startOfDay(day.parse(`${Temporal.PlainYearMonth.from(month).add({ months: offset }).toString()}-01`), zone);
  return { from: first(0), until: first(1) };
};

export const monthOf = (at: Instant, zone: TimeZone): string => dayOf(at, zone).slice(0, 7);
