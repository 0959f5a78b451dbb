// How much faster or slower opportunities end in some months than in others, as far as this repeats
// (docs/model/forecast.md 3.5).

/** A month's observed and expected count, its weight and its class. `share`: how much of the month both counts cover, 0 to 1. */
export type MonthRate = {
  readonly observed: number;
  readonly expected: number;
  readonly weight: number;
  readonly class: number;
  readonly share: number;
};

/** The prior scatter of months, and its weight in months. */
const prior = { deviation: 0.2, months: 2 };

/**
 * The logarithm of observed ÷ expected, shrunk to 0 for small counts, and its sampling variance. The days that a month has not had yet are
 * taken to go as expected: a month that began with a weekend says next to nothing about its class.
 */
const logRate = ({ observed, expected, share }: MonthRate) => {
  const rest = (expected * (1 - share)) / share;
  return { value: Math.log((observed + rest + 1) / (expected + rest + 1)), variance: 1 / (expected + rest + 1) };
};

type Sums = { weight: number; value: number; square: number; noise: number };

/**
 * Factors by class, by empirical Bayes: a class's mean has the weight τ² / (τ² + σ² / n), where σ² is the scatter of months of one class
 * and τ² the variance between classes beyond that. With one month of each class, σ comes from the prior alone.
 */
export const classFactors = (months: readonly MonthRate[], classes: number): Float64Array => {
  const sums = Array.from({ length: classes }, (): Sums => ({ weight: 0, value: 0, square: 0, noise: 0 }));
  for (const month of months) {
    const own = sums[month.class];
    if (own === undefined || month.expected <= 0 || month.share <= 0) continue;
    const { value, variance } = logRate(month);
    const weight = month.weight * month.share;
    own.weight += weight;
    own.value += weight * value;
    own.square += weight * value ** 2;
    own.noise += weight * variance;
  }
  const known = sums.filter((one) => one.weight > 0);
  const weight = known.reduce((sum, one) => sum + one.weight, 0);
  if (known.length < 2) return new Float64Array(classes).fill(1);
  const mean = known.reduce((sum, one) => sum + one.value, 0) / weight;
  const within = known.reduce((sum, one) => sum + Math.max(0, one.square - one.value ** 2 / one.weight), 0);
  const freedom = Math.max(0, weight - known.length);
  const noise = known.reduce((sum, one) => sum + one.noise, 0) / weight;
  const scatter = Math.max((prior.months * (prior.deviation ** 2 + noise) + within) / (prior.months + freedom), noise);
  const between = known.reduce((sum, one) => sum + one.weight * (one.value / one.weight - mean) ** 2, 0) / (known.length - 1);
  const spread = Math.max(0, (between - scatter) / (weight / known.length));
  return Float64Array.from(sums, (one) =>
    one.weight <= 0 || spread === 0 ? 1 : Math.exp(((one.value / one.weight - mean) * spread) / (spread + scatter / one.weight)),
  );
};
