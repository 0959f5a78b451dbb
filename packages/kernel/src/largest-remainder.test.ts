import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitByLargestRemainder } from './largest-remainder.ts';

describe('splitByLargestRemainder', () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [10, [0, 3, 1], [0, 8, 2]],
    [1, [0.1, 0.2, 0.7], [0, 0, 1]],
    [0, [5, 5], [0, 0]],
  ])('splits %i by the weights %j into %j', (total, weights, parts) => {
    expect(splitByLargestRemainder(total, weights)).toEqual(parts);
  });

  it('sums to the total exactly, with every part within one unit of its ideal share', () => {
    const weights = fc
      .array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 })
      .filter((list) => list.some((weight) => weight > 1e-3));
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), weights, (total, list) => {
        const parts = splitByLargestRemainder(total, list);
        const sum = list.reduce((a, b) => a + b, 0);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
        parts.forEach((part, index) => expect(Math.abs(part - (total * (list[index] ?? 0)) / sum)).toBeLessThan(1.01));
      }),
    );
  });

  it('throws where no weight is positive, a weight is negative or the total is not an integer', () => {
    expect(() => splitByLargestRemainder(5, [0, 0])).toThrow(RangeError);
    expect(() => splitByLargestRemainder(5, [1, -1])).toThrow(RangeError);
    expect(() => splitByLargestRemainder(0.5, [1])).toThrow(RangeError);
  });
});
