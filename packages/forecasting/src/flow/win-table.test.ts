import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageEdges } from '../counts/ages.ts';
import { firstMove, lostExit, wonExit } from '../counts/flow-counts.ts';
import type { Hazards } from '../hazards/hazards.ts';
import { winTable } from './win-table.ts';

/** Hazards that are the same at any age: for each of the milestones '', a, b, … the chances per day of a loss, a win and a move to the next one. */
const hazardsOf = (days: readonly { readonly lost: number; readonly won: number; readonly onward: number }[]): Hazards => {
  const flat = (chance: number) => new Float64Array(ageEdges.length).fill(chance);
  const exits = firstMove + days.length;
  const milestones = days.map(({ lost, won, onward }, at) =>
    Array.from({ length: exits }, (_, exit) =>
      flat(exit === lostExit ? lost : exit === wonExit ? won : exit === firstMove + at + 1 ? onward : 0),
    ),
  );
  return { ofClass: [milestones], segment: [new Float64Array(exits).fill(1)], classes: { count: 1, of: () => 0 }, exits };
};

const within = (days: number) => ({ today: 0, from: 0, until: days });
const chance = fc.double({ min: 0, max: 0.33, noNaN: true });
const someDays = fc.array(fc.record({ lost: chance, won: chance, onward: chance }), { minLength: 1, maxLength: 5 });

describe('the chance of a win within a window', () => {
  it('equals the chance computed by hand', () => {
    // half are won on any day: 1/2 today, 1/4 tomorrow
    expect(winTable(hazardsOf([{ lost: 0, won: 0.5, onward: 0 }]), 0, within(2)).now[0]?.[0]).toBeCloseTo(0.75, 12);
    // one of ten goes on, and is then won at once with 1/2: 0.05 today; tomorrow 0.9 · 0.05, or 0.1 · 0.5 · 0.5
    const two = winTable(
      hazardsOf([
        { lost: 0, won: 0, onward: 0.1 },
        { lost: 0, won: 0.5, onward: 0 },
      ]),
      0,
      within(2),
    );
    expect(two.now[0]?.[0]).toBeCloseTo(0.05 + 0.9 * 0.05 + 0.1 * 0.5 * 0.5, 12);
    // an opportunity that arrives tomorrow has only that day
    expect(Array.from(two.arriving)).toEqual([two.now[0]?.[0], expect.closeTo(0.05, 12)]);
  });

  it('counts only wins on days of the window', () => {
    const hazards = hazardsOf([{ lost: 0, won: 0.5, onward: 0 }]);
    expect(winTable(hazards, 0, { today: 0, from: 1, until: 2 }).now[0]?.[0]).toBeCloseTo(0.25, 12);
  });

  it('lies between 0 and 1 and never falls when the window gets longer', () => {
    fc.assert(
      fc.property(someDays, fc.integer({ min: 1, max: 60 }), (days, length) => {
        const [short, long] = [length, length + 5].map((until) => winTable(hazardsOf(days), 0, within(until)));
        short?.now.forEach((line, m) =>
          line.forEach((value, age) => {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
            expect(long?.now[m]?.[age] ?? -1).toBeGreaterThanOrEqual(value - 1e-12);
          }),
        );
      }),
      { numRuns: 30 },
    );
  });

  // A move and the win after it may fall on one day. So "better" means: at least as likely to be won as the earlier milestone was to be won or left forward.
  it('never falls with progress if the later milestone has better exits', () => {
    const small = fc.double({ min: 0, max: 0.06, noNaN: true });
    const steps = fc.array(fc.record({ lost: chance, onward: small, more: small }), { minLength: 2, maxLength: 5 });
    const better = steps.map((all) => {
      const byLoss = all.map((step) => step.lost).toSorted((a, b) => b - a);
      return all.map(({ onward, more }, at) => {
        const before = all.slice(0, at).reduce((sum, step) => sum + step.more + step.onward, 0);
        return { lost: byLoss[at] ?? 0, won: before + more, onward };
      });
    });
    fc.assert(
      fc.property(better, fc.integer({ min: 1, max: 40 }), (days, length) => {
        const { now } = winTable(hazardsOf(days), 0, within(length));
        const chances = now.map((line) => line[0] ?? 0);
        chances.forEach((value, m) => expect(chances[m + 1] ?? 1).toBeGreaterThanOrEqual(value - 1e-12));
      }),
      { numRuns: 50 },
    );
  });
});
