import type { ForecastWindow, RivalFigures } from '@meilenstein/contracts';
import { periodOf, addDays, type Day, type FiscalCalendar } from '@meilenstein/kernel';
import { dayNumber } from './company-days.ts';
import type { OutcomeLedger } from './outcome-ledger.ts';
import type { Node } from './engine/result.ts';

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

type Known = { readonly ended: readonly ForecastWindow[]; readonly stageWeighted: number | undefined };

/** What the simpler methods say; those without facts of their own say nothing. */
export const rivalsOf = (ledger: OutcomeLedger, node: Node, { ended, stageWeighted }: Known): RivalFigures => ({
  runRate: runRateOf(ledger, node, ended),
  stageWeighted: stageWeighted ?? null,
  imported: null,
});
