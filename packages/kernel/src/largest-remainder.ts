import { Big } from 'big.js';

/**
 * Splits an integer into integers in proportion to the weights, so that the parts sum to it exactly: each part gets
 * the whole units of its ideal share, and the missing units go to the largest remainders, ties to the smaller index
 * (docs/model/formulas.md 2.1). A negative total is split as its mirror image. Weights are decimals of any size and not negative.
 * Throws a RangeError where no weight is positive.
 */
export const splitByLargestRemainder = (total: number, weights: readonly number[]): number[] => {
  if (!Number.isSafeInteger(total)) throw new RangeError(`total ${total}: only integers can be split`);
  if (weights.some((weight) => !(weight >= 0) || !Number.isFinite(weight)))
    throw new RangeError(`weights ${weights.join(', ')}: none may be negative`);
  if (total < 0) return splitByLargestRemainder(-total, weights).map((part) => (part === 0 ? 0 : -part));
  const exact = toIntegers(weights);
  const sum = exact.reduce((a, b) => a + b, 0n);
  if (sum === 0n) throw new RangeError('weights: at least one must be positive');
  const shares = exact.map((weight, index) => {
    const product = BigInt(total) * weight;
    return { index, whole: Number(product / sum), rest: product % sum };
  });
  const missing = total - shares.reduce((a, share) => a + share.whole, 0);
  const roundedUp = new Set(
    shares
      .toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1))
      .slice(0, missing)
      .map((share) => share.index),
  );
  return shares.map((share) => share.whole + (roundedUp.has(share.index) ? 1 : 0));
};

/** Decimal weights as integers of the same proportion, exactly. */
const toIntegers = (weights: readonly number[]): bigint[] => {
  const decimals = weights.map((weight) => new Big(weight));
  const places = Math.max(0, ...decimals.map((decimal) => decimal.c.length - 1 - decimal.e));
  return decimals.map((decimal) => BigInt(decimal.times(new Big(10).pow(places)).toFixed(0)));
};
