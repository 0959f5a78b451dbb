import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOfShare, chanceOfSuchADrop } from './proportion-test.ts';

describe('the chance of a drop of this size', () => {
  it('equals Fisher’s tea-tasting example, 3 of 4 against 1 of 4', () => {
    // Fisher 1935: four cups of each kind, three named correctly
    expect(chanceOfSuchADrop({ entries: 4, reached: 1 }, { entries: 4, reached: 3 })).toBeCloseTo(17 / 70, 12);
  });

  it('is close to the normal approximation for large numbers', () => {
    // z = 2.69 for 35 of 100 after 200 of 400
    expect(chanceOfSuchADrop({ entries: 100, reached: 35 }, { entries: 400, reached: 200 })).toBeCloseTo(0.0048, 3);
  });

  it('lies between 0 and 1 and never rises when fewer went on', () => {
    const count = fc
      .integer({ min: 1, max: 300 })
      .chain((entries) => fc.record({ entries: fc.constant(entries), reached: fc.nat({ max: entries }) }));
    fc.assert(
      fc.property(count, count, (observed, reference) => {
        const chance = chanceOfSuchADrop(observed, reference);
        const fewer = chanceOfSuchADrop({ ...observed, reached: Math.max(0, observed.reached - 1) }, reference);
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
        expect(fewer).toBeLessThanOrEqual(chance + 1e-12);
      }),
    );
  });
});

describe('the bounds of a share', () => {
  it('contain the share and lie between 0 and 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (entries, part) => {
        const reached = Math.floor(entries * part);
        const { low, high } = boundsOfShare({ entries, reached }) ?? { low: 1, high: 0 };
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(reached / entries + 1e-12);
        expect(high).toBeGreaterThanOrEqual(reached / entries - 1e-12);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are undefined without entries', () => {
    expect(boundsOfShare({ entries: 0, reached: 0 })).toBeUndefined();
  });
});
