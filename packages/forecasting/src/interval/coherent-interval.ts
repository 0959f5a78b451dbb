// An interval that never falls because there is more to win (docs/model/forecast.md 8).
import { hurdleGammaProbability, hurdleGammaQuantile, type Open } from './hurdle-gamma.ts';

/** How the rest of a node may come about: as one whole, and as less than the whole would, which it cannot fall below. */
export type Rest = { readonly whole: Open; readonly less: readonly Open[] };

/** Won as a whole or not at all. */
export type OneOrder = { readonly chance: number; readonly value: number };

const probabilities = [0.1, 0.5, 0.9] as const;

/** Two hurdle-gammas that differ by no more are the same. */
const crumb = 1e-9;

/** Whether the inequalities of Markov or Cantelli rule out that a quantile of a part lies above a value: cheaper than to look. */
const dwellsBelow = ({ mean, variance, intensity }: Open, value: number, probability: number): boolean => {
  // A narrowed interval may claim less spread than the chance of nothing alone brings; the distribution has at least that.
  const spread = Math.max(variance, mean ** 2 / Math.expm1(intensity));
  return mean < (1 - probability) * value || (value > mean && (value - mean) ** 2 > (spread * probability) / (1 - probability));
};

/**
 * One gamma is matched to all that is open. An opportunity that is large beside the others widens it so much that all of its quantiles
 * may fall, as if it cost something to have it. So a quantile is never below that of a part: it is the highest of them.
 */
const restQuantile = ({ whole, less }: Rest, probability: number): number =>
  less.reduce(
    (highest, part) =>
      !dwellsBelow(part, highest, probability) && hurdleGammaProbability(part, highest) < probability - crumb
        ? Math.max(highest, hurdleGammaQuantile(part, probability))
        : highest,
    hurdleGammaQuantile(whole, probability),
  );

/** So many outsized opportunities are told apart: 2^10 ways in which they end. Others count with what is expected of them. */
const toldApart = 10;

type Ending = { readonly weight: number; readonly value: number };

const endingsOf = (orders: readonly OneOrder[]): readonly Ending[] => {
  const certain = orders.slice(toldApart).reduce((sum, { chance, value }) => sum + chance * value, 0);
  return orders.slice(0, toldApart).reduce<readonly Ending[]>(
    (endings, { chance, value }) =>
      endings.flatMap((one) => [
        { weight: one.weight * (1 - chance), value: one.value },
        { weight: one.weight * chance, value: one.value + value },
      ]),
    [{ weight: 1, value: certain }],
  );
};

/** Parts that matter somewhere between nearly impossible and nearly certain. */
const relevant = ({ whole, less }: Rest): readonly Open[] => {
  const looks = [0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 0.99].map((probability) => ({
    probability,
    quantile: hurdleGammaQuantile(whole, probability),
  }));
  const exceeds = (part: Open): boolean =>
    looks.some(({ probability, quantile }) => hurdleGammaProbability(part, quantile) < probability - crumb);
  return [whole, ...less.filter(exceeds)];
};

/** Each is found to a cent, and of two that are as good as equal the second may be found below the first. */
const inOrder = (quantiles: readonly number[]): readonly number[] =>
  quantiles.map((_, index) => Math.max(...quantiles.slice(0, index + 1)));

const certainty = 1 - 1e-9;

/** The distribution of the rest: at each sum the lowest probability that any part of it says. */
const restProbability = (rest: Rest): ((most: number) => number) => {
  const parts = relevant(rest);
  const beyond = Math.max(...parts.map((part) => hurdleGammaQuantile(part, certainty)));
  return (most) => (most < 0 ? 0 : most > beyond ? 1 : Math.min(...parts.map((part) => hurdleGammaProbability(part, most))));
};

/**
 * P10, P50 and P90 of a rest and outsized opportunities beside it (descending by value): each is won or not, for all ways in which they
 * may end. One more of them, however large, can only raise each quantile.
 */
export const coherentInterval = (rest: Rest, outsized: readonly OneOrder[]): readonly number[] => {
  if (outsized.length === 0) return inOrder(probabilities.map((probability) => restQuantile(rest, probability)));
  const endings = endingsOf(outsized);
  const ofRest = restProbability(rest);
  const atMost = (most: number): number =>
    endings.reduce((sum, { weight, value }) => (value > most ? sum : sum + weight * ofRest(most - value)), 0);
  const all = Math.max(...endings.map(({ value }) => value));
  const quantileOf = (probability: number): number => {
    let low = restQuantile(rest, probability);
    let high = low + all;
    while (high - low > Math.max(0.01, high * 1e-13)) {
      const middle = (low + high) / 2;
      if (atMost(middle) < probability) low = middle;
      else high = middle;
    }
    return high;
  };
  return inOrder(probabilities.map(quantileOf));
};
