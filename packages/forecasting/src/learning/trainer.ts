import type { ForecastRequest, EarlierForecast } from '../input/forecast-input.ts';
import { withActuals } from './with-actuals.ts';
import type { DayNumber } from '../input/history.ts';
import type { TrainingExample } from './learned-parameters.ts';
import type { NodeForecast } from '../result.ts';
import type { Situation } from '../input/situation.ts';

/** How long an ended window stays in the training data. */
const keptDays = 3 * 365;

/** Collects training data from day to day. Forecasts wait, by kind of window, until their window has ended. */
export const trainer = (teams: ForecastRequest['teams'] = []) => {
  const waiting = new Map<string, EarlierForecast[]>();
  const trainingData: TrainingExample[] = [];
  return {
    /** Stores forecasts that were made on a day; returns what is kept of them. */
    remember: (origin: DayNumber, forecasts: readonly NodeForecast[]): readonly EarlierForecast[] => {
      const made = forecasts.map(({ window, node, record }) => ({ window, origin, node, record }));
      for (const one of made) {
        const queue = waiting.get(one.window.kind) ?? [];
        waiting.set(one.window.kind, queue);
        queue.push(one);
      }
      return made;
    },
    /** All training data that is known and still counts at the beginning of a day. */
    trainingData: (situation: Pick<Situation, 'orders' | 'cells' | 'today'>): readonly TrainingExample[] => {
      for (const queue of waiting.values()) {
        const open = queue.findIndex(({ window }) => window.until > situation.today);
        trainingData.push(...withActuals(situation, queue.splice(0, open < 0 ? queue.length : open), teams));
      }
      const firstKept = trainingData.findIndex(({ window }) => window.until >= situation.today - keptDays);
      trainingData.splice(0, Math.max(0, firstKept));
      return trainingData;
    },
  };
};
