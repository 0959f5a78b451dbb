import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hurdleGammaProbability, hurdleGammaQuantile } from './hurdle-gamma.ts';

describe('the hurdle-gamma distribution', () => {
  it('is 0 or the amount for a single opportunity with a known amount', () => {
    const [p, v] = [0.3, 1000];
    const open = { mean: p * v, variance: p * (1 - p) * v ** 2, intensity: -Math.log(1 - p) };
    expect(hurdleGammaQuantile(open, 0.5)).toBe(0);
    expect(hurdleGammaQuantile(open, 0.9)).toBeCloseTo(v, 6);
  });

  it('is 0 when nothing is open', () => {
    expect(hurdleGammaQuantile({ mean: 0, variance: 0, intensity: 0 }, 0.9)).toBe(0);
  });

  it('is exponential when mean and deviation are equal and a win is certain', () => {
    expect(hurdleGammaQuantile({ mean: 10, variance: 100, intensity: 60 }, 0.9)).toBeCloseTo(10 * Math.log(10), 6);
  });

  it('never falls as the probability rises', () => {
    const positive = fc.double({ min: 0.01, max: 1e9, noNaN: true });
    const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(
        positive,
        positive,
        fc.double({ min: 0.001, max: 50, noNaN: true }),
        fc.tuple(probability, probability),
        (mean, spread, intensity, two) => {
          const open = { mean, variance: spread * mean, intensity };
          const [low, high] = two.toSorted((a, b) => a - b);
          expect(hurdleGammaQuantile(open, high ?? 1)).toBeGreaterThanOrEqual(hurdleGammaQuantile(open, low ?? 0));
        },
      ),
    );
  });

  it('gives the probability of its own quantiles, and 0 below 0', () => {
    const positive = fc.double({ min: 1, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(positive, positive, fc.double({ min: 1, max: 50, noNaN: true }), (mean, spread, intensity) => {
        const open = { mean, variance: spread * mean, intensity };
        for (const probability of [0.5, 0.9])
          expect(hurdleGammaProbability(open, hurdleGammaQuantile(open, probability) * (1 + 1e-9))).toBeGreaterThan(probability - 1e-6);
        expect(hurdleGammaProbability(open, -1)).toBe(0);
      }),
    );
  });
});
