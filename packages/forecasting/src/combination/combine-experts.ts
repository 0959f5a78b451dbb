import type { ForecastWindow } from '../input/forecast-input.ts';
import { meanOf, type FlowForecast } from '../flow/flow-forecast.ts';
import { balanceOf, recalibrationOf, trustIn, type TrainingExample } from '../learning/learned-parameters.ts';
import { total } from '../input/nodes.ts';
import { paceExperts } from '../baselines/pace-experts.ts';
import type { Situation } from '../input/situation.ts';

/** What the experts say of the whole, and the combined mean for a given flow of ordinary business. */
export type Combined = {
  readonly experts: (flow: FlowForecast) => Readonly<Record<string, number>>;
  /** never falls when the flow rises; not rounded */
  readonly mean: (flow: number) => number;
};

/**
 * The experts for the whole, the flow among them both raw and recalibrated, and their combination: the mean of a mixture of opinions.
 * `hasFuture`: the flow expects business that does not exist yet.
 */
export const combineExperts = (
  situation: Situation,
  window: ForecastWindow,
  trainingData: readonly TrainingExample[],
  hasFuture: boolean,
): Combined => {
  const shortest = Math.min(...situation.trainingData.map((one) => one.window.until - one.window.from));
  const ofBucket = situation.trainingData.filter((one) => one.window.until - one.window.from <= shortest + 3);
  const recalibration = recalibrationOf(ofBucket, total, situation.today);
  const balance = balanceOf(trainingData, total, situation.today);
  const pace = paceExperts(situation, window);
  const opinions = (flow: number, outsized: number): Readonly<Record<string, number>> => ({
    flow: flow + outsized,
    calibrated: flow * recalibration + outsized,
    ...pace,
  });
  const trust = new Map(Object.keys(opinions(0, 0)).map((name) => [name, trustIn(name, trainingData, total, situation.today)]));
  const combination = (flow: number): number => {
    let [weights, figures] = [0, 0];
    for (const [name, figure] of Object.entries(opinions(flow, 0))) {
      if (figure <= 0) continue;
      const weight = trust.get(name) ?? 0;
      weights += weight;
      figures += weight * figure;
    }
    return weights > 0 ? (figures / weights) * balance : 0;
  };
  // a flow of 0 has no weight; when its first opportunity gives it one, the figure must not fall below that of the other experts
  const unasked = hasFuture ? 0 : combination(0);
  const mean = (flow: number): number => Math.max(unasked, combination(flow));
  return {
    experts: (flow) =>
      opinions(
        meanOf(flow),
        flow.outsized.reduce((sum, one) => sum + one.mean, 0),
      ),
    mean,
  };
};
