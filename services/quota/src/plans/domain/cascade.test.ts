import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cascade } from './plan.ts';

const sum = (parts: readonly number[]): number => parts.reduce((a, b) => a + b, 0);
const weights = (length: number) =>
  fc.option(
    fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: length, maxLength: length }).filter((list) => sum(list) > 0),
    { nil: null },
  );

describe('cascade', () => {
  it('gives missing units to the largest remainders', () => {
    expect(cascade(400, { quarters: null, months: null }).months.slice(0, 3)).toEqual([34, 33, 33]);
  });

  it('splits an annual target into quarters and months that sum exactly, for any weights', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), weights(4), weights(3), (annual, quarterWeights, monthWeights) => {
        const { quarters, months } = cascade(annual, { quarters: quarterWeights, months: monthWeights });
        expect(sum(quarters)).toBe(annual);
        expect(quarters.map((_, index) => sum(months.slice(index * 3, index * 3 + 3)))).toEqual(quarters);
      }),
    );
  });
});
