// Learnt from ended windows: the error of the flow, the trust in each expert, the width of intervals (docs/model/forecast.md 9).
import type { EarlierForecast } from '../input/forecast-input.ts';
import type { DayNumber } from '../input/history.ts';
import type { Node } from '../input/node.ts';

/** An earlier forecast with the actual of the days that were unknown when it was made. */
export type TrainingExample = EarlierForecast & { readonly actual: number };

const isAbout = (node: Node) => (example: TrainingExample) => example.node.level === node.level && example.node.key === node.key;

/** How many windows of a kind cover one day. Windows longer than the step between origins overlap and repeat the same information. */
const overlapOf = (trainingData: readonly TrainingExample[]): number => {
  const origins = [...new Set(trainingData.map((one) => one.origin))].toSorted((a, b) => a - b);
  const [first, last, window] = [origins[0], origins.at(-1), trainingData.at(-1)?.window];
  if (first === undefined || last === undefined || window === undefined || origins.length < 2) return 1;
  return Math.max(1, ((window.until - window.from) * (origins.length - 1)) / (last - first));
};

/** The weight of a forecast by the orders known when it was made: with 20 orders it counts half. */
const experience = (example: TrainingExample): number => Math.max(0, example.record.wins) / (Math.max(0, example.record.wins) + 20);

const clip = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value));

const logRatio = (actual: number, forecast: number, limit: number): number =>
  actual <= 0 && forecast <= 0 ? 0 : forecast <= 0 ? limit : actual <= 0 ? -limit : clip(Math.log(actual / forecast), limit);

const month = 30.4;
const [recalibrationHalfLife, recalibrationPull, recalibrationLimit] = [3, 0.7, 0.7];

/** The factor by which the flow of the whole was recently too low (above 1) or too high. */
export const recalibrationOf = (trainingData: readonly TrainingExample[], total: Node, today: DayNumber): number => {
  const own = trainingData.filter(isAbout(total));
  const overlap = overlapOf(own);
  let [sum, weight] = [0, 0];
  for (const example of own) {
    const { window, actual, record } = example;
    const { flow } = record.experts;
    if (flow === undefined) continue;
    const g =
      experience(example) *
      ((window.until - window.from) / month / overlap) *
      0.5 ** ((today - window.until) / month / recalibrationHalfLife);
    sum += g * logRatio(actual, flow, recalibrationLimit);
    weight += g;
  }
  return Math.exp(sum / (recalibrationPull + weight));
};

const [expertPull, expertLimit, expertHalfLife] = [2, 1.5, 4];
/** The error expected of an expert that has not been graded yet. Experts that use orders only know less. */
const priors: Readonly<Record<string, number>> = { flow: 0.2, calibrated: 0.15, runRate: 0.25, last: 0.3 };

/** The weight of an expert: the inverse square of its mean squared logarithmic error, which is shrunk towards a prior. */
export const trustIn = (expert: string, trainingData: readonly TrainingExample[], total: Node, today: DayNumber): number => {
  const own = trainingData.filter(isAbout(total));
  const overlap = overlapOf(own);
  let [sum, weight] = [0, 0];
  for (const example of own) {
    const { window, actual, record } = example;
    const forecast = record.experts[expert];
    if (forecast === undefined) continue;
    const g = experience(example) * (1 / overlap) * 0.5 ** ((today - window.until) / (window.until - window.from) / expertHalfLife);
    sum += g * logRatio(forecast, actual, expertLimit) ** 2;
    weight += g;
  }
  return ((expertPull * (priors[expert] ?? 0.3) ** 2 + sum) / (expertPull + weight)) ** -2;
};

const [balanceWindows, balanceHalfLife] = [12, 12];

/** The sum of actuals over the sum of forecasts of the whole in ended windows. Needed because trust is measured on the log scale, and amounts are skewed. */
export const balanceOf = (trainingData: readonly TrainingExample[], total: Node, today: DayNumber): number => {
  const own = trainingData.filter(isAbout(total));
  const overlap = overlapOf(own);
  let [actuals, forecast, weight] = [0, 0, 0];
  for (const example of own) {
    const { window, actual, record } = example;
    const g = (experience(example) / overlap) * 0.5 ** ((today - window.until) / month / balanceHalfLife);
    actuals += g * Math.max(0, actual);
    forecast += g * record.mean;
    weight += g;
  }
  if (weight <= 0 || forecast <= 0) return 1;
  const pull = balanceWindows * (forecast / weight);
  return Math.min(2, Math.max(0.5, (pull + actuals) / (pull + forecast)));
};

const [spreadPrior, spreadWindows, spreadHalfLife] = [0.02, 4, 12];

/** The squared relative error at one level, beyond what the opportunities themselves explain. */
export const excessOf = (trainingData: readonly TrainingExample[], level: Node['level'], today: DayNumber): number => {
  const own = trainingData.filter((one) => one.node.level === level);
  let [excess, squares] = [0, 0];
  const windows = new Map<DayNumber, number>();
  for (const example of own) {
    const { actual, record, window } = example;
    const g = experience(example) * 0.5 ** ((today - window.until) / month / spreadHalfLife);
    excess += g * ((actual - record.mean) ** 2 - record.variance);
    squares += g * record.mean ** 2;
    windows.set(window.until, Math.max(windows.get(window.until) ?? 0, g));
  }
  const count = [...windows.values()].reduce((sum, one) => sum + one, 0) / overlapOf(own);
  return (spreadWindows * spreadPrior + (squares > 0 ? count * Math.max(0, excess / squares) : 0)) / (spreadWindows + count);
};

const width = { step: 0.25, miss: 0.2, least: 0.4, most: 3, cold: 1.5, coldWindows: 3 };

/** The factor for the width of intervals at one level. It grows after each miss and shrinks a little after each hit. */
export const widthOf = (trainingData: readonly TrainingExample[], level: Node['level']): number => {
  const own = trainingData.filter((one) => one.node.level === level);
  const overlap = overlapOf(own);
  const byWindow = [...Map.groupBy(own, (one) => one.window.until)].toSorted(([a], [b]) => a - b);
  const factor = byWindow.reduce((c, [, group]) => {
    const weights = group.map(experience);
    const all = weights.reduce((sum, one) => sum + one, 0);
    if (all <= 0) return c;
    const missed =
      group.reduce((sum, { actual, record }, n) => sum + (actual < record.p10 || actual > record.p90 ? (weights[n] ?? 0) : 0), 0) / all;
    const step = (width.step / overlap) * (all / group.length);
    return Math.min(width.most, Math.max(width.least, c * Math.exp(step * ((missed - width.miss) / 0.4))));
  }, 1);
  return byWindow.length < width.coldWindows ? Math.max(width.cold, factor) : factor;
};
