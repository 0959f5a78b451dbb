// Coefficients of the Lanczos approximation (g = 7, n = 9); relative error below 1e-13.
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** The logarithm of the gamma function for x > 0. */
export const logGamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const t = x - 1 + 7.5;
  const sum = lanczos.reduce((total, coefficient, i) => (i === 0 ? coefficient : total + coefficient / (x - 1 + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
};

/** x times the density. Near the smallest double the density of a small shape exceeds the largest double; its product with x does not. */
const scaledDensity = (shape: number, x: number): number => {
  const density = Math.exp((shape - 1) * Math.log(x) - x - logGamma(shape));
  return density === Number.POSITIVE_INFINITY ? Math.exp(shape * Math.log(x) - x - logGamma(shape)) : x * density;
};

const series = (shape: number, x: number): number => {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < 10_000 && term > sum * 1e-16; n += 1) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum * scaledDensity(shape, x);
};

/** The continued fraction of the upper tail, evaluated by Lentz's method. */
const upperTail = (shape: number, x: number): number => {
  const tiny = 1e-300;
  let b = x + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / (b === 0 ? tiny : b);
  let h = d;
  for (let i = 1; i < 10_000; i += 1) {
    const a = -i * (i - shape);
    b += 2;
    d = 1 / (Math.abs(a * d + b) < tiny ? tiny : a * d + b);
    c = Math.abs(b + a / c) < tiny ? tiny : b + a / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h * scaledDensity(shape, x);
};

/** P(X <= x) for a gamma variable of scale 1: the regularised lower incomplete gamma function (DLMF 8.2.4, 8.7.1, 8.9.2). */
export const gammaProbability = (shape: number, x: number): number => {
  if (x <= 0) return 0;
  return x < shape + 1 ? Math.min(1, series(shape, x)) : Math.max(0, 1 - upperTail(shape, x));
};

/** From this shape on the relative deviation is below one in a thousand, and the mean is used instead of the distribution. */
export const narrow = 1e6;

/**
 * The x with P(X <= x) = probability for a gamma variable of scale 1, to about 12 digits, by bisection: it always converges, and it never
 * falls when the probability rises. Small shapes have quantiles near the smallest double, hence the many steps. `probability` in [0, 1).
 */
export const gammaQuantile = (shape: number, probability: number): number => {
  if (probability <= 0) return 0;
  if (shape > narrow) return shape;
  let low = 0;
  let high = shape + 1;
  while (gammaProbability(shape, high) < probability && high < 1e12) high *= 2;
  for (let step = 0; step < 1100 && high - low > high * 1e-13; step += 1) {
    const middle = (low + high) / 2;
    if (gammaProbability(shape, middle) < probability) low = middle;
    else high = middle;
  }
  return high;
};
