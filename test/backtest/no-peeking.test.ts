import type { FlowEvent } from '@meilenstein/forecasting/counts/flow-events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inventedHistory, seeded } from './known-truth.ts';
import { dayText, horizonOf } from './origins.ts';
import { runBacktest } from './run.ts';

const settings = {
  step: 'week',
  horizons: [horizonOf('1w'), horizonOf('4w')].flatMap((one) => one ?? []),
  levels: ['total', 'team', 'owner', 'segment'],
  from: null,
} as const;

const linesOf = (events: readonly FlowEvent[]): readonly string[] => {
  const lines: string[] = [];
  runBacktest(events, settings, (line) => lines.push(line));
  return lines;
};

/** Lines of origins until a day, included. */
const until = (lines: readonly string[], day: number): readonly string[] =>
  lines.filter((line) => line.slice('{"origin":"'.length, '{"origin":"2026-11-24'.length) <= dayText(day));

const history = inventedHistory({ seed: 11, days: 200, arrivalsPerDay: 2 });
const [first, last] = [history[0]?.day ?? 0, history.at(-1)?.day ?? 0];
const whole = linesOf(history);

describe('a backtest', () => {
  it('uses only what was recorded before an origin: cutting off the future changes no byte', () => {
    expect(whole.length).toBeGreaterThan(300);
    fc.assert(
      fc.property(fc.integer({ min: first + 10, max: last }), (cut) => {
        const before = linesOf(history.filter((event) => event.day < cut));
        // the first origin after the last event is the present if it lies before the cut
        const known = Math.max(...history.filter((event) => event.day < cut).map((event) => event.day)) + 1;
        expect(until(before, known)).toEqual(until(whole, known));
        expect(before.length).toBeGreaterThan(0);
      }),
      { numRuns: 12 },
    );
  });

  it('does not use an order before the day of its recording', () => {
    const recorded = first + 150;
    const late: FlowEvent[] = [
      {
        opportunityId: 'late',
        day: first + 20,
        kind: 'created',
        milestone: 'need',
        minor: 900_000,
        owner: 'rep 0',
        team: 'north',
        segment: 'large',
      },
      { opportunityId: 'late', day: recorded, kind: 'won', milestone: '', minor: 900_000, owner: 'rep 0', team: 'north', segment: 'large' },
    ];
    const [open, won] = [linesOf([...history, ...late.slice(0, 1)]), linesOf([...history, ...late])];
    expect(until(won, recorded)).toEqual(until(open, recorded));
    expect(won).not.toEqual(open);
  });

  it('does not depend on the order of events within a day or on duplicates', () => {
    const random = seeded(5);
    const twice = history.flatMap((event) => (random() < 0.2 ? [event, event] : [event]));
    const shuffled = twice.map((event) => ({ event, at: random() })).toSorted((a, b) => a.event.day - b.event.day || a.at - b.at);
    expect(linesOf(shuffled.map(({ event }) => event))).toEqual(whole);
  });

  it('does not depend on the order of days', () => {
    expect(linesOf(history.toReversed())).toEqual(whole);
  });
});
