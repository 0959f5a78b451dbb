import { backtest } from '@meilenstein/forecasting/replay/backtest';
import type { FlowEvent } from '@meilenstein/forecasting/counts/flow-events';
import type { NodeForecast } from '@meilenstein/forecasting/result';
import { fixedStage } from './fixed-stage.ts';
import { repEstimateBaseline, type RepEstimate } from './rep-estimates.ts';
import { dayText, originsBetween, type Horizon, type Step } from './origins.ts';
import { outcomesOf } from './baselines.ts';
import { scoreAll, type GroupScore, type ScoredForecast } from './score-table.ts';

export type Settings = {
  readonly step: Step;
  readonly horizons: readonly Horizon[];
  readonly levels: readonly string[];
  /** the first origin that is scored; null: the first one after a burn-in */
  readonly from: number | null;
  /** rep estimates, which only the baseline uses */
  readonly estimates?: readonly RepEstimate[];
};

/** The burn-in, which is used for learning but not scored: a quarter after the first order; in a short file, a third of the time after it. */
const burnInDays = 91;

const spanOf = (events: readonly FlowEvent[]) => {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { day } of events) [first, last] = [Math.min(first, day), Math.max(last, day)];
  return { first, last };
};

const nameOf = ({ node }: NodeForecast): string => (node.level === 'total' ? 'total' : node.key);

const units = (minor: number): number => minor / 100;

/** One line of the output. Amounts are in units of the file; `windowEnd` is the first day after the window. */
const lineOf = (origin: number, forecast: NodeForecast): string => {
  const { window, node, record } = forecast;
  const experts = Object.fromEntries(Object.entries(record.experts).map(([name, figure]) => [name, units(Math.round(figure))]));
  return JSON.stringify({
    origin: dayText(origin),
    horizon: window.kind,
    windowStart: dayText(window.from),
    windowEnd: dayText(window.until),
    level: node.level,
    key: nameOf(forecast),
    p10: units(forecast.p10),
    p50: units(forecast.p50),
    p90: units(forecast.p90),
    mean: units(forecast.mean),
    experts,
  });
};

/** Forecasts from every origin, prints each forecast as a line, and returns the scores of those whose windows have ended. */
export const runBacktest = (events: readonly FlowEvent[], settings: Settings, say: (line: string) => void): readonly GroupScore[] => {
  if (events.length === 0) return [];
  const { first, last } = spanOf(events);
  const outcomes = outcomesOf(events);
  const burnIn = Math.min(outcomes.firstOrder + burnInDays, Math.ceil(outcomes.firstOrder + (last + 1 - outcomes.firstOrder) / 3));
  const scoredFrom = settings.from ?? burnIn;
  const [fixedStageBaseline, estimateBaseline] = [fixedStage(events), repEstimateBaseline(events, settings.estimates ?? [])];
  const scored: ScoredForecast[] = [];
  for (const { origin, forecasts, situation } of backtest(events, originsBetween(first, last, settings.step, settings.horizons)))
    for (const forecast of forecasts) {
      const { node, window, mean, p10, p50, p90 } = forecast;
      if (!settings.levels.includes(node.level)) continue;
      if (settings.from === null || origin >= settings.from) say(lineOf(origin, forecast));
      if (origin < scoredFrom || window.until > last + 1) continue;
      const question = { level: node.level, key: nameOf(forecast), kind: window.kind, from: window.from, until: window.until };
      scored.push({
        ...question,
        mean,
        p10,
        p50,
        p90,
        fixedStage: fixedStageBaseline(question, situation),
        repEstimates: estimateBaseline(question, origin),
      });
    }
  // a level without names in the file would repeat the total
  const named = new Set(scored.filter(({ level, key }) => level === 'total' || key !== '').map(({ level }) => level));
  return scoreAll(
    scored.filter(({ level }) => named.has(level)),
    outcomes,
  );
};
