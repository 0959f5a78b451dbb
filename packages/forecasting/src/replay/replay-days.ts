import { asItIs, type ForecastRequest, type ForecastWindow, type EarlierForecast, type ProcessShape } from '../input/forecast-input.ts';
import { forecastSituation } from '../input/forecast-situation.ts';
import { trainer } from '../learning/trainer.ts';
import type { DayNumber, OpportunityHistory } from '../input/history.ts';
import type { TrainingExample } from '../learning/learned-parameters.ts';
import type { NodeForecast } from '../result.ts';
import { replayOf } from './replay.ts';

/** What to replay: windows of the past, each forecast from its first day; `teams` as in what is asked. */
export type Replayed = {
  readonly startMonth: number;
  readonly processes: readonly ProcessShape[];
  readonly windows: readonly ForecastWindow[];
  readonly teams: ForecastRequest['teams'];
};

/** A day of the past and the windows that are forecast from it. */
export type ReplayDay = { readonly today: DayNumber; readonly windows: readonly ForecastWindow[] };

/** Ended windows of a kind that a forecast learns from. */
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
 * The forecasts that would have been made on days of the past, each from what was recorded before it and from the windows that had ended by
 * then. As with forecasts that are kept, what was said on the first day of a window is what later ones learn from. Days in order.
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
 * The forecasts that would have been made at the beginning of each window: what an imported history has instead of stored snapshots. Give
 * every history; the windows in any order.
 */
export const replayFirstForecasts = (
  histories: readonly OpportunityHistory[],
  { windows, ...about }: Replayed,
): readonly EarlierForecast[] => {
  const starts = [...Map.groupBy(windows, (window) => window.from)].toSorted(([a], [b]) => a - b);
  const days = starts.map(([today, asked]) => ({ today, windows: asked }));
  return [...replayDays(histories, about, days)].flatMap(({ learnt }) => learnt);
};
