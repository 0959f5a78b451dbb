// An interval that never falls when there is more to win (docs/model/forecast.md 8).
import { hurdleGammaProbability, hurdleGammaQuantile, type Open } from './hurdle-gamma.ts';

/** The ordinary business of a node: as a whole, and as parts of it, below which its quantiles must not fall. */
export type Rest = { readonly whole: Open; readonly less: readonly Open[] };

/** An order that is won as a whole or not at all. */
export type OneOrder = { readonly chance: number; readonly value: number };

const probabilities = [0.1, 0.5, 0.9] as const;

/** Two probabilities that differ by no more count as equal. */
const crumb = 1e-9;

/** Whether the inequalities of Markov or Cantelli rule out that a quantile of a part lies above a value. Cheaper than computing the quantile. */
const dwellsBelow = ({ mean, variance, intensity }: Open, value: number, probability: number): boolean => {
  // A narrowed variance may be smaller than the chance of 0 alone implies; the distribution has at least that variance.
  const spread = Math.max(variance, mean ** 2 / Math.expm1(intensity));
  return mean < (1 - probability) * value || (value > mean && (value - mean) ** 2 > (spread * probability) / (1 - probability));
};

/**
 * One gamma distribution is matched to everything that is open. An opportunity that is large compared with the others widens it so much that
 * all of its quantiles may fall. A quantile is therefore the highest of that of the whole and those of the parts.
 */
const restQuantile = ({ whole, less }: Rest, probability: number): number =>
  less.reduce(
    (highest, part) =>
      !dwellsBelow(part, highest, probability) && hurdleGammaProbability(part, highest) < probability - crumb
        ? Math.max(highest, hurdleGammaQuantile(part, probability))
        : highest,
    hurdleGammaQuantile(whole, probability),
  );

/** This many outsized opportunities are combined exactly, in 2^10 endings. Further ones count with their mean. */
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

/** The parts that lie above the whole at some probability. */
const relevant = ({ whole, less }: Rest): readonly Open[] => {
  const looks = [0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 0.99].map((probability) => ({
    probability,
    quantile: hurdleGammaQuantile(whole, probability),
  }));
  const exceeds = (part: Open): boolean =>
    looks.some(({ probability, quantile }) => hurdleGammaProbability(part, quantile) < probability - crumb);
  return [whole, ...less.filter(exceeds)];
};

/** Quantiles are found to a hundredth of a minor unit, so of two nearly equal ones the later may come out lower. This restores the order. */
const inOrder = (quantiles: readonly number[]): readonly number[] =>
  quantiles.map((_, index) => Math.max(...quantiles.slice(0, index + 1)));

const certainty = 1 - 1e-9;

/** The distribution of the rest: at each sum the lowest probability of the whole and its parts. */
const restProbability = (rest: Rest): ((most: number) => number) => {
  const parts = relevant(rest);
  const beyond = Math.max(...parts.map((part) => hurdleGammaQuantile(part, certainty)));
  return (most) => (most < 0 ? 0 : most > beyond ? 1 : Math.min(...parts.map((part) => hurdleGammaProbability(part, most))));
};

/**
 * P10, P50 and P90 of the rest together with outsized opportunities (in descending order of value), over all combinations of their endings.
 * One more of them, however large, can only raise each quantile.
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
