import { asItIs, type ForecastWindow, type ProcessShape } from '../input/forecast-input.ts';
import { firstDaysOf, historyFromEvents, type FlowEvent } from '../counts/flow-events.ts';
import { forecastSituation } from '../input/forecast-situation.ts';
import type { DayNumber } from '../input/history.ts';
import { milestoneOrder } from '../input/milestone-order.ts';
import { trainer } from '../learning/trainer.ts';
import { replayOf, type Replay } from './replay.ts';
import type { NodeForecast } from '../result.ts';
import type { Situation } from '../input/situation.ts';

/** An origin and the windows that are forecast from it. */
export type Origin = { readonly today: DayNumber; readonly windows: readonly ForecastWindow[] };

export type Made = { readonly origin: DayNumber; readonly forecasts: readonly NodeForecast[]; readonly situation: Situation };

type Run = { readonly order: readonly string[]; readonly origins: readonly Origin[] };

const sameOrder = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((id, at) => id === b[at]);

/** Groups origins by the order of milestones known then. The order is determined again when twice as many opportunities, or a new milestone, are known. */
const runsOf = (byOpportunity: readonly (readonly FlowEvent[])[], origins: readonly Origin[]): readonly Run[] => {
  const firstDay = byOpportunity.map((events) => Math.min(...events.map((event) => event.day)));
  const firstSeen = new Map<string, DayNumber>();
  for (const events of byOpportunity)
    for (const { milestone, day, kind } of events)
      if (milestone !== '' && (kind === 'created' || kind === 'milestone'))
        firstSeen.set(milestone, Math.min(firstSeen.get(milestone) ?? day, day));
  const starts = firstDay.toSorted((a, b) => a - b);
  const runs: { order: readonly string[]; origins: Origin[] }[] = [];
  let examined = { opportunities: 0, milestones: -1 };
  for (const origin of origins) {
    const opportunities = starts.findLastIndex((day) => day < origin.today) + 1;
    const milestones = [...firstSeen.values()].filter((day) => day < origin.today).length;
    const last = runs.at(-1);
    if (last !== undefined && opportunities < 2 * examined.opportunities && milestones === examined.milestones) {
      last.origins.push(origin);
      continue;
    }
    examined = { opportunities, milestones };
    const order = milestoneOrder(byOpportunity.map((events) => firstDaysOf(events, origin.today)));
    if (last !== undefined && sameOrder(last.order, order)) last.origins.push(origin);
    else runs.push({ order, origins: [origin] });
  }
  return runs;
};

const runReplay = (byOpportunity: readonly (readonly FlowEvent[])[], run: Run, startMonth: number): Replay => {
  const last = run.origins.at(-1)?.today ?? 0;
  const rank = new Map(run.order.map((id, at) => [id, at]));
  const histories = byOpportunity.flatMap((events) => {
    const [first] = events;
    const heard = events.filter((event) => event.day < last);
    return first === undefined || heard.length === 0 ? [] : [historyFromEvents(first.opportunityId, heard, rank)];
  });
  const shape: ProcessShape = {
    processId: '',
    milestones: run.order.map((milestone) => ({ milestone, conversion: null, medianDays: null })),
  };
  return replayOf(histories, [shape], startMonth);
};

/** Forecasts from every origin, each from nothing but what was recorded before it. */
export function* backtest(events: readonly FlowEvent[], origins: readonly Origin[], startMonth = 1): Generator<Made> {
  const byOpportunity = [...Map.groupBy(events, (event) => event.opportunityId).values()];
  const learner = trainer();
  for (const run of runsOf(byOpportunity, origins)) {
    const replay = runReplay(byOpportunity, run, startMonth);
    for (const { today, windows } of run.origins) {
      const unread = replay.at(today, []);
      const situation = { ...unread, trainingData: learner.trainingData(unread) };
      const forecasts = forecastSituation(situation, { windows, teams: [] }, asItIs);
      learner.remember(today, forecasts);
      yield { origin: today, forecasts, situation };
    }
  }
}
