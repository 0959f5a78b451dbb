import { asItIs, type Asked, type ForecastWindow, type PastForecast, type ProcessShape } from './evidence.ts';
import { forecastSituation } from './forecast-situation.ts';
import { schoolOf } from './school.ts';
import type { OpportunityHistory } from './history.ts';
import { replayOf } from './replay.ts';

/** What to replay: windows of the past, each forecast from its first day; `teams` as in what is asked. */
export type Replayed = {
  readonly startMonth: number;
  readonly processes: readonly ProcessShape[];
  readonly windows: readonly ForecastWindow[];
  readonly teams: Asked['teams'];
};

/**
 * The forecasts that would have been made at the beginning of each window, each from what was recorded before it, the earlier ones graded
 * on the way: what an imported history has instead of stored snapshots. Give every history; the windows in any order.
 */
export const replayPast = (
  histories: readonly OpportunityHistory[],
  { startMonth, processes, windows, teams }: Replayed,
): readonly PastForecast[] => {
  const replay = replayOf(histories, processes, startMonth);
  const school = schoolOf(teams);
  const starts = [...Map.groupBy(windows, (window) => window.from)].toSorted(([a], [b]) => a - b);
  return starts.flatMap(([today, asked]) => {
    const unread = replay.at(today, []);
    const situation = { ...unread, past: school.learn(unread) };
    const made = forecastSituation(situation, { windows: asked.toSorted((a, b) => a.until - b.until), teams }, asItIs);
    return school.remember(today, made);
  });
};
