import { asItIs, type ForecastRequest, type ForecastWindow, type EarlierForecast, type ProcessShape } from '../input/forecast-input.ts';
import { forecastSituation } from '../input/forecast-situation.ts';
import { trainer } from '../learning/trainer.ts';
import type { DayNumber, OpportunityHistory } from '../input/history.ts';
import type { TrainingExample } from '../learning/learned-parameters.ts';
import type { NodeForecast } from '../result.ts';
import { replayOf } from './replay.ts';

/** What to replay: windows of the past, each forecast from its first day. `teams` as in `ForecastRequest`. */
export type Replayed = {
  readonly startMonth: number;
  readonly processes: readonly ProcessShape[];
  readonly windows: readonly ForecastWindow[];
  readonly teams: ForecastRequest['teams'];
};

/** A day of the past and the windows that are forecast on it. */
export type ReplayDay = { readonly today: DayNumber; readonly windows: readonly ForecastWindow[] };

/** The number of ended windows of a kind that a forecast learns from. */
export const windowsToLearnFrom = 24;

const newestExamples = (trainingData: readonly TrainingExample[]): readonly TrainingExample[] => {
  const oldest = new Map(
    [...Map.groupBy(trainingData, ({ window }) => window.kind)].map(([kind, some]) => {
      const starts = [...new Set(some.map(({ window }) => window.from))].toSorted((a, b) => b - a);
      return [kind, starts[Math.min(starts.length, windowsToLearnFrom) - 1] ?? 0];
    }),
  );
  return trainingData.filter(({ window }) => window.from >= (oldest.get(window.kind) ?? 0));
};

/**
 * The forecasts that would have been made on days of the past, each from what was recorded before the day and from the windows that had
 * ended by then. As in production, later forecasts learn from the forecast of a window's first day. Days must be in ascending order.
 */
export function* replayDays(
  histories: readonly OpportunityHistory[],
  { startMonth, processes, teams }: Omit<Replayed, 'windows'>,
  days: Iterable<ReplayDay>,
): Generator<{ readonly today: DayNumber; readonly made: readonly NodeForecast[]; readonly learnt: readonly EarlierForecast[] }> {
  const replay = replayOf(histories, processes, startMonth);
  const learner = trainer(teams);
  for (const { today, windows } of days) {
    const unread = replay.at(today, []);
    const situation = { ...unread, trainingData: newestExamples(learner.trainingData(unread)) };
    const made = forecastSituation(situation, { windows: windows.toSorted((a, b) => a.until - b.until), teams }, asItIs);
    const first = made.filter(({ window }) => window.from === today);
    yield { today, made, learnt: learner.remember(today, first) };
  }
}

/**
 * The forecasts that would have been made on the first day of each window. They stand in for stored forecasts where the history was
 * imported. Needs every history; the windows may be in any order.
 */
export const replayFirstForecasts = (
  histories: readonly OpportunityHistory[],
  { windows, ...about }: Replayed,
): readonly EarlierForecast[] => {
  const starts = [...Map.groupBy(windows, (window) => window.from)].toSorted(([a], [b]) => a - b);
  const days = starts.map(([today, windows]) => ({ today, windows }));
  return [...replayDays(histories, about, days)].flatMap(({ learnt }) => learnt);
};
