import type { ForecastWindow, RivalFigures } from '@meilenstein/contracts';
import { periodOf, addDays, type Day, type FiscalCalendar, type Instant } from '@meilenstein/kernel';
import { dayNumber, dayOfNumber } from '../../pipeline-view/domain/company-days.ts';
import type { DayNumber } from '@meilenstein/forecasting/input/history';
import type { Node } from '@meilenstein/forecasting/input/node';
import type { TeamBelow } from '../../forecasts/domain/node-names.ts';
import type { OutcomeLedger } from '../../pipeline-view/domain/outcome-ledger.ts';
import { importedOf, type Guesses } from '../../snapshots/domain/rep-estimates.ts';
import { inForceOn, stageWeightedOf, type StageProbabilities } from '../../snapshots/domain/stage-probabilities.ts';
import type { Standing } from '../../pipeline-view/domain/standing.ts';

/** So many ended windows make the run-rate. */
const windowsOfRunRate = 6;

/** The ended windows of a kind before a day, newest first, that lie wholly after the first fact. */
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

/** The mean of the last ended windows: what most people write down first. Null before the first one. */
export const runRateOf = (ledger: OutcomeLedger, node: Node, ended: readonly ForecastWindow[]): number | null => {
  const last = ended.slice(0, windowsOfRunRate);
  if (last.length === 0) return null;
  const won = last.map((window) => ledger.of(node, dayNumber(window.from), dayNumber(window.until)).minor);
  return Math.round(won.reduce((sum, one) => sum + one, 0) / last.length);
};

/** What the rivals know on a day, and nothing that was recorded later. */
export type RivalSight = {
  readonly calendar: FiscalCalendar;
  readonly ledger: OutcomeLedger;
  readonly firstDay: Day | undefined;
  /** the last day whose recordings are known */
  readonly on: DayNumber;
  readonly open: readonly Standing[];
  readonly configured: readonly NonNullable<StageProbabilities>[];
  readonly guesses: Guesses;
  readonly dayOf: (at: Instant) => DayNumber;
  readonly teams: readonly TeamBelow[];
};

/** What the simpler methods say of a window, for a node and what it has booked in it; those without facts of their own say nothing. */
export const rivalsOf = (sight: RivalSight, window: ForecastWindow): ((node: Node, booked: number) => RivalFigures) => {
  const { calendar, ledger, firstDay, open, configured, guesses, teams } = sight;
  const ended = endedWindows(calendar, window, firstDay, windowsOfRunRate);
  const weighted = stageWeightedOf(open, inForceOn(configured, dayOfNumber(sight.on)), teams);
  const imported = importedOf(open, guesses, { ...sight, window });
  return (node, booked) => ({
    runRate: runRateOf(ledger, node, ended),
    stageWeighted: weighted === undefined ? null : booked + weighted(node),
    imported: imported === undefined ? null : booked + imported(node),
  });
};
