import type { OrderSums } from './facts.ts';

/** What an order is worth: first and second moment, in minor units; all 0 before the first win. */
export type OrderValue = { readonly wins: number; readonly mean: number; readonly secondMoment: number; readonly variance: number };

/** The moments of all orders less cancellations. */
export const orderValueOf = (sums: readonly OrderSums[]): OrderValue => {
  const wins = Math.max(
    0,
    sums.reduce((total, one) => total + one.wins, 0),
  );
  if (wins === 0) return { wins, mean: 0, secondMoment: 0, variance: 0 };
  const mean = Math.max(0, sums.reduce((total, one) => total + one.minor, 0) / wins);
  const secondMoment = Math.max(mean ** 2, Number(sums.reduce((total, one) => total + one.squares, 0n)) / wins);
  return { wins, mean, secondMoment, variance: secondMoment - mean ** 2 };
};
