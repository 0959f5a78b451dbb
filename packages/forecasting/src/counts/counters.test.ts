import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { additionsOf, squareParts, squaresOf, dwellAdditions } from './counters.ts';
import { countersOf, historiesFromEvents } from '../testing/example-input.ts';
import { someEvents } from '../testing/example-flow-events.ts';
import { dayNumberOf } from '../input/months.ts';

const cell = { processId: 'p', segment: 's', teamId: 't', ownerId: 'o' };

const sorted = (counters: ReturnType<typeof countersOf>): readonly string[] =>
  counters.map(({ key, counts }) => JSON.stringify([key, Object.entries(counts).toSorted()])).toSorted();

describe('what a dwell adds to the counters', () => {
  it('is one day at risk for each of its days, by age and month, and one exit', () => {
    const dwell = { milestone: 'offer', since: dayNumberOf(2026, 10, 30), until: dayNumberOf(2026, 11, 2), exit: 'won' } as const;
    const [october, november, ...none] = dwellAdditions(cell, dwell, dwell.until);
    expect(none).toEqual([]);
    // 30 October is age 0; 31 October and 1 November are ages 1 and 2, which are counted together
    expect(october?.by).toEqual({ e0: 1, e1: 1 });
    expect(november?.by).toEqual({ e1: 1, e2: 1, 'n2:won': 1 });
  });

  it('is one day at risk when the milestone was left on the day it was entered', () => {
    const day = dayNumberOf(2026, 11, 2);
    expect(dwellAdditions(cell, { milestone: '', since: day, until: day, exit: '>need' }, day).map(({ by }) => by)).toEqual([
      { e0: 1, 'n0:>need': 1 },
    ]);
  });
});

describe('counters', () => {
  it('have their earlier values again when an update is undone', () => {
    fc.assert(
      fc.property(someEvents, fc.nat(), (events, pick) => {
        const additions = historiesFromEvents(events).map(additionsOf);
        const all = additions.flat();
        const undone = additions[pick % additions.length] ?? [];
        const signs = [...all.map(() => 1 as const), ...undone.map(() => -1 as const)];
        const others = additions.filter((_, n) => n !== pick % additions.length).flat();
        expect(sorted(countersOf([...all, ...undone], signs))).toEqual(sorted(countersOf(others)));
      }),
    );
  });

  it('do not depend on the order of additions', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const additions = historiesFromEvents(events).flatMap(additionsOf);
        expect(sorted(countersOf(additions.toReversed()))).toEqual(sorted(countersOf(additions)));
      }),
    );
  });

  it('hold safe integers', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const counts = countersOf(historiesFromEvents(events).flatMap(additionsOf)).flatMap((key) => Object.values(key.counts));
        expect(counts.filter((count) => !Number.isSafeInteger(count))).toEqual([]);
      }),
    );
  });

  it('keep products of large amounts exact to the last digit', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1e13 }), fc.nat({ max: 1e13 }), (a, b) => {
        const { high, low } = squareParts(a, b);
        expect(squaresOf(high, low)).toBe(BigInt(a) * BigInt(b));
        expect(Number.isSafeInteger(high) || a * b > 1e27).toBe(true);
      }),
    );
  });
});
