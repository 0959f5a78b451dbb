import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { additionsOf, squareParts, squaresOf, stayAdditions } from './counters.ts';
import { cellsOf, historiesOf } from '../testing/example-evidence.ts';
import { someEvents } from '../testing/example-flow-events.ts';
import { dayNumberOf } from '../input/months.ts';

const place = { processId: 'p', segment: 's', teamId: 't', ownerId: 'o' };

const sorted = (cells: ReturnType<typeof cellsOf>): readonly string[] =>
  cells.map(({ cell, counts }) => JSON.stringify([cell, Object.entries(counts).toSorted()])).toSorted();

describe('what a stay adds', () => {
  it('is one day at risk for each day, by age and month, and its way out', () => {
    const stay = { milestone: 'offer', since: dayNumberOf(2026, 10, 30), until: dayNumberOf(2026, 11, 2), exit: 'won' } as const;
    const [october, november, ...none] = stayAdditions(place, stay, stay.until);
    expect(none).toEqual([]);
    // 30 October is age 0; 31 October and 1 November are ages 1 and 2, which are counted together
    expect(october?.by).toEqual({ e0: 1, e1: 1 });
    expect(november?.by).toEqual({ e1: 1, e2: 1, 'n2:won': 1 });
  });

  it('is at risk on its only day where it was left at once', () => {
    const day = dayNumberOf(2026, 11, 2);
    expect(stayAdditions(place, { milestone: '', since: day, until: day, exit: '>need' }, day).map(({ by }) => by)).toEqual([
      { e0: 1, 'n0:>need': 1 },
    ]);
  });
});

describe('counters', () => {
  it('are restored exactly when any update is undone', () => {
    fc.assert(
      fc.property(someEvents, fc.nat(), (events, pick) => {
        const additions = historiesOf(events).map(additionsOf);
        const all = additions.flat();
        const undone = additions[pick % additions.length] ?? [];
        const signs = [...all.map(() => 1 as const), ...undone.map(() => -1 as const)];
        const others = additions.filter((_, n) => n !== pick % additions.length).flat();
        expect(sorted(cellsOf([...all, ...undone], signs))).toEqual(sorted(cellsOf(others)));
      }),
    );
  });

  it('are the same whatever comes first', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const additions = historiesOf(events).flatMap(additionsOf);
        expect(sorted(cellsOf(additions.toReversed()))).toEqual(sorted(cellsOf(additions)));
      }),
    );
  });

  it('hold integers that stay exact', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const counts = cellsOf(historiesOf(events).flatMap(additionsOf)).flatMap((cell) => Object.values(cell.counts));
        expect(counts.filter((count) => !Number.isSafeInteger(count))).toEqual([]);
      }),
    );
  });

  it('keep products of large amounts to the last digit', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1e13 }), fc.nat({ max: 1e13 }), (a, b) => {
        const { high, low } = squareParts(a, b);
        expect(squaresOf(high, low)).toBe(BigInt(a) * BigInt(b));
        expect(Number.isSafeInteger(high) || a * b > 1e27).toBe(true);
      }),
    );
  });
});
