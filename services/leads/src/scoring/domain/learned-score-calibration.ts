import * as z from 'zod';

/** One tenth of the scale: how many predictions fell there, their sum, and how many were won; old ones fade. */
export const calibrationBand = z.object({ count: z.number(), predicted: z.number(), won: z.number() });
export type CalibrationBand = { count: number; predicted: number; won: number };

const bands = 10;
/** Predictions after which an old one counts half; and how many a correction needs before it is believed half. */
const halfLife = 300;
const doubt = 100;
const fade = 0.5 ** (1 / halfLife);

export const noCalibration = (): CalibrationBand[] => Array.from({ length: bands }, () => ({ count: 0, predicted: 0, won: 0 }));

const correction = (calibration: readonly CalibrationBand[], index: number): number => {
  const band = calibration[Math.min(bands - 1, Math.max(0, index))];
  return band === undefined ? 0 : (band.won - band.predicted) / (band.count + doubt);
};

/** The probability after what became of earlier predictions of that height; between the middles of two bands it is interpolated. */
export const calibrated = (calibration: readonly CalibrationBand[], probability: number): number => {
  const place = probability * bands - 0.5;
  const [left, share] = [Math.floor(place), place - Math.floor(place)];
  const corrected = probability + (1 - share) * correction(calibration, left) + share * correction(calibration, left + 1);
  return Math.min(0.999, Math.max(0.001, corrected));
};

/** Takes the outcome of a prediction into account. */
export const seeOutcome = (calibration: readonly CalibrationBand[], probability: number, won: boolean): void => {
  const band = calibration[Math.min(bands - 1, Math.floor(probability * bands))];
  if (band === undefined) return;
  band.count = band.count * fade + 1;
  band.predicted = band.predicted * fade + probability;
  band.won = band.won * fade + (won ? 1 : 0);
};
