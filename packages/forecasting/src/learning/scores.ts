// Scores of forecasts whose windows have ended.

/** One forecast with its actual, in any unit. `floor` is the mean error that chance alone causes, in the same unit. */
export type Graded = {
  readonly actual: number;
  readonly mean: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly floor: number;
};

/** Shares of the total actual; null where that is 0. The caller counts the windows, because several nodes share a window. */
export type Scores = {
  readonly wape: number | null;
  readonly bias: number | null;
  /** share of actuals within P10 to P90; the ideal is 0.8 */
  readonly cov80: number | null;
  /** from the three quantiles: twice the mean pinball loss */
  readonly crps: number | null;
  readonly floor: number | null;
};

const sum = <One>(all: readonly One[], of: (one: One) => number): number => all.reduce((total, one) => total + of(one), 0);

const pinball = (actual: number, quantile: number, level: number): number =>
  actual >= quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual);

/** WAPE of any figures: Σ |actual − figure| / Σ actual. */
export const wapeOf = (pairs: readonly { readonly actual: number; readonly figure: number }[]): number | null => {
  const all = sum(pairs, ({ actual }) => actual);
  return all <= 0 ? null : sum(pairs, ({ actual, figure }) => Math.abs(actual - figure)) / all;
};

/** WAPE, bias, coverage, CRPS and floor of a group of forecasts (docs/model/forecast.md 9.7). */
export const scoresOf = (graded: readonly Graded[]): Scores => {
  const all = sum(graded, ({ actual }) => actual);
  const share = (value: number): number | null => (all <= 0 ? null : value / all);
  const loss = ({ actual, p10, p50, p90 }: Graded): number =>
    (2 / 3) * (pinball(actual, p10, 0.1) + pinball(actual, p50, 0.5) + pinball(actual, p90, 0.9));
  return {
    wape: wapeOf(graded.map(({ actual, mean }) => ({ actual, figure: mean }))),
    bias: share(sum(graded, ({ actual, mean }) => mean - actual)),
    cov80: graded.length === 0 ? null : graded.filter(({ actual, p10, p90 }) => p10 <= actual && actual <= p90).length / graded.length,
    crps: share(sum(graded, loss)),
    floor: share(sum(graded, ({ floor }) => floor)),
  };
};

/** The mean absolute error that remains when only chance decides which of these orders come: sqrt(2/π · Σ v²). */
export const floorOf = (amounts: readonly number[]): number => Math.sqrt((2 / Math.PI) * sum(amounts, (amount) => amount ** 2));
