import type { FlowEvent } from '@meilenstein/forecasting/counts/flow-events';
import { describe, expect, it } from 'vitest';
import { changesOf, meansWhenMoved } from './calendar-moves.ts';
import { inventedHistory } from './known-truth.ts';

// 1970-01-05 was a Monday
const dayOfWeek = (day: number): number => (day - 4) % 7;

/** A history in which nothing is recorded on weekends: what happens on one is recorded on Monday. */
const onWorkingDays = (events: readonly FlowEvent[]): readonly FlowEvent[] =>
  events
    .map((event) => ({ ...event, day: dayOfWeek(event.day) < 5 ? event.day : event.day + 7 - dayOfWeek(event.day) }))
    .toSorted((a, b) => a.day - b.day);

const everyWeek = Array.from({ length: 52 }, (_, n) => n + 1);
// a longer history takes longer to forecast, and every fifth week falls on all parts of a month as well
const everyFifthWeek = everyWeek.filter((weeks) => weeks % 5 === 0);
const compared = { weeksBetweenOrigins: 4, origins: 1, windows: [1, 4, 13] };

describe('a forecast of a history without a calendar pattern', () => {
  it.each([
    { months: 4, days: 120, arrivalsPerDay: 5, seed: 7, movedWeeks: everyWeek },
    { months: 10, days: 300, arrivalsPerDay: 3, seed: 11, movedWeeks: everyFifthWeek },
  ])(
    'after $months months changes by at most 3 % in the median and 8 % at most when history and windows move by up to 52 weeks',
    ({ days, arrivalsPerDay, seed, movedWeeks }) => {
      const history = onWorkingDays(inventedHistory({ seed, days, arrivalsPerDay }));
      const changes = meansWhenMoved(history, movedWeeks, compared).map((means) => ({ weeks: means.weeks, ...changesOf(means) }));
      expect(changes.map(({ weeks }) => weeks)).toEqual([1, 4, 13]);
      expect(changes.filter(({ median, largest }) => median > 0.03 || largest > 0.08)).toEqual([]);
    },
    60_000,
  );
});
