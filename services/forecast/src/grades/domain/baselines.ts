import type { ForecastWindow, BaselineFigures } from '@meilenstein/contracts';
import { periodOf, addDays, type Day, type FiscalCalendar, type Instant } from '@meilenstein/kernel';
import { dayNumber, dayOfNumber } from '../../pipeline-view/domain/company-days.ts';
import type { DayNumber } from '@meilenstein/forecasting/input/history';
import type { Node } from '@meilenstein/forecasting/input/node';
import type { TeamBelow } from '../../forecasts/domain/node-names.ts';
import type { NetOrdersByNode } from '../../pipeline-view/domain/net-orders.ts';
import { sumRepEstimates, type RepEstimates } from '../../snapshots/domain/rep-estimates.ts';
import { inForceOn, stageWeightedOf, type StageProbabilities } from '../../snapshots/domain/stage-probabilities.ts';
import type { OpenOpportunity } from '../../pipeline-view/domain/open-opportunities.ts';

/** The number of ended windows in the run-rate. */
const windowsOfRunRate = 6;

/** The ended windows of a kind before a day, newest first, that begin on or after the day of the first fact. */
export const endedWindows = (
  calendar: FiscalCalendar,
  { kind, from }: ForecastWindow,
  firstDay: Day | undefined,
  limit: number,
): readonly ForecastWindow[] => {
  const found: ForecastWindow[] = [];
  let period = periodOf(calendar, kind, addDays(from, -1));
  while (firstDay !== undefined && period.from >= firstDay && found.length < limit) {
    found.push({ kind, label: period.label, from: period.from, until: period.until });
    period = periodOf(calendar, kind, addDays(period.from, -1));
  }
  return found;
};

/** The mean of the last ended windows; null before the first one. */
export const runRateOf = (netOrders: NetOrdersByNode, node: Node, ended: readonly ForecastWindow[]): number | null => {
  const last = ended.slice(0, windowsOfRunRate);
  if (last.length === 0) return null;
  const won = last.map((window) => netOrders.of(node, dayNumber(window.from), dayNumber(window.until)).minor);
  return Math.round(won.reduce((sum, one) => sum + one, 0) / last.length);
};

/** What the baselines may use on a day: nothing that was recorded later. */
export type BaselineInput = {
  readonly calendar: FiscalCalendar;
  readonly netOrders: NetOrdersByNode;
  readonly firstDay: Day | undefined;
  /** the last day of which recordings are known */
  readonly on: DayNumber;
  readonly open: readonly OpenOpportunity[];
  readonly configured: readonly NonNullable<StageProbabilities>[];
  readonly estimates: RepEstimates;
  readonly dayOf: (at: Instant) => DayNumber;
  readonly teams: readonly TeamBelow[];
};

/** The baselines' figures of a window, for a node and the amount it has booked in the window. A baseline without facts gives null. */
export const baselinesOf = (input: BaselineInput, window: ForecastWindow): ((node: Node, booked: number) => BaselineFigures) => {
  const { calendar, netOrders, firstDay, open, configured, estimates, teams } = input;
  const ended = endedWindows(calendar, window, firstDay, windowsOfRunRate);
  const weighted = stageWeightedOf(open, inForceOn(configured, dayOfNumber(input.on)), teams);
  const imported = sumRepEstimates(open, estimates, { ...input, window });
  return (node, booked) => ({
    runRate: runRateOf(netOrders, node, ended),
    stageWeighted: weighted === undefined ? null : booked + weighted(node),
    repEstimates: imported === undefined ? null : booked + imported(node),
  });
};
