import { gammaQuantile } from './gamma.ts';

/** Moments of what is still open: mean, variance, and the expected number of wins as -log P(no win). */
export type Open = { readonly mean: number; readonly variance: number; readonly intensity: number };

/**
 * The quantile of a sum that is nothing with probability exp(-intensity) and else gamma distributed, so that mean and variance of the
 * whole are the given ones. Never falls as `probability` rises.
 */
export const hurdleGammaQuantile = ({ mean, variance, intensity }: Open, probability: number): number => {
  if (mean <= 0) return 0;
  const nothing = Math.exp(-intensity);
  if (probability <= nothing) return 0;
  const share = -Math.expm1(-intensity);
  const positiveMean = mean / share;
  const positiveVariance = (variance + mean ** 2) / share - positiveMean ** 2;
  // A single opportunity with a known amount is won or not: its positive part has no spread, rounding may even make it negative.
  if (positiveVariance <= positiveMean ** 2 * 1e-9) return positiveMean;
  const shape = positiveMean ** 2 / positiveVariance;
  return (positiveVariance / positiveMean) * gammaQuantile(shape, (probability - nothing) / share);
};
