import { gammaProbability, gammaQuantile, narrow } from './gamma.ts';

/** Moments of what is still open: mean, variance, and the expected number of wins as -log P(no win). */
export type Open = { readonly mean: number; readonly variance: number; readonly intensity: number };

/** The distribution given that anything is won. `shape` is null where it has no spread. */
const positivePart = ({ mean, variance, intensity }: Open) => {
  const nothing = Math.exp(-intensity);
  const share = -Math.expm1(-intensity);
  const positiveMean = mean / share;
  const positiveVariance = (variance + mean ** 2) / share - positiveMean ** 2;
  // A single opportunity with a known amount is won or not: its positive part has no variance, and rounding may even make it negative.
  const isOneAmount = positiveVariance <= positiveMean ** 2 * 1e-9;
  return { nothing, share, positiveMean, positiveVariance, shape: isOneAmount ? null : positiveMean ** 2 / positiveVariance };
};

/**
 * The quantile of a sum that is 0 with probability exp(-intensity) and otherwise gamma distributed, with the given mean and variance of the
 * whole. It never falls when `probability` rises.
 */
export const hurdleGammaQuantile = (open: Open, probability: number): number => {
  if (open.mean <= 0) return 0;
  const { nothing, share, positiveMean, positiveVariance, shape } = positivePart(open);
  if (probability <= nothing) return 0;
  if (shape === null) return positiveMean;
  return (positiveVariance / positiveMean) * gammaQuantile(shape, (probability - nothing) / share);
};

/** The probability that such a sum is at most `most`: the inverse of the quantile. */
export const hurdleGammaProbability = (open: Open, most: number): number => {
  if (most < 0) return 0;
  if (open.mean <= 0) return 1;
  const { nothing, share, positiveMean, positiveVariance, shape } = positivePart(open);
  if (shape === null || shape > narrow) return most >= positiveMean * (1 - 1e-12) ? 1 : nothing;
  return nothing + share * gammaProbability(shape, (most * positiveMean) / positiveVariance);
};
