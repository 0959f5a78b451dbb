import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gammaProbability, gammaQuantile, logGamma } from './gamma.ts';

describe('the gamma distribution', () => {
  it('gives factorials and the square root of pi', () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    expect(logGamma(101)).toBeCloseTo(363.7393755555635, 9);
  });

  // shape 1 is exponential: -log(1 - p); shape 0.5 and 2.5 are half of chi-square with 1 and 5 degrees of freedom (printed tables)
  it.each([
    [1, 0.5, Math.LN2],
    [1, 0.9, Math.log(10)],
    [0.5, 0.95, 3.841458820694124 / 2],
    [2.5, 0.95, 11.070497693516351 / 2],
    [2.5, 0.1, 1.610307986962323 / 2],
    [5, 0.9, 15.987179172105261 / 2],
    [50, 0.5, 99.334129235988456 / 2],
  ])('has the printed quantile of shape %f at %f', (shape, probability, expected) => {
    expect(gammaQuantile(shape, probability)).toBeCloseTo(expected, 8);
  });

  it('returns the probability of its own quantile', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 5000, noNaN: true }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (shape, p) => {
        expect(gammaProbability(shape, gammaQuantile(shape, p))).toBeCloseTo(p, 6);
      }),
    );
  });

  it('is 0 at 0, and equals its mean if it is very narrow', () => {
    expect(gammaProbability(2, 0)).toBe(0);
    expect(gammaQuantile(2, 0)).toBe(0);
    expect(gammaQuantile(1e7, 0.9)).toBe(1e7);
  });
});
