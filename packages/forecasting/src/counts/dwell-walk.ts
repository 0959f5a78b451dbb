// Rolls the counts of dwells forward from day to day: dwells that end are counted, open ones gain a day at risk.
import { addDaysAtRisk, addExit } from './flow-counts.ts';
import type { DayNumber } from '../input/history.ts';
import { firstDayOf, monthOf } from '../input/months.ts';
import { never, type DwellColumns } from '../replay/replay-columns.ts';
import type { ProcessFlow } from '../input/situation.ts';

/** The index of the cell in which a history counts on a day, and the process and segment of each cell. */
export type Whereabouts = {
  readonly cellAt: (history: number, on: DayNumber) => number;
  readonly processOf: Int32Array;
  readonly segmentOf: Int32Array;
};

/**
 * Moves forward only. `to(today)` brings the counts of the processes to the beginning of a day and returns the open dwells in the order of
 * their histories. Days at risk of open dwells are added month by month; those of the current month are added for one call and removed at
 * the next.
 */
export const walkDwells = (dwells: DwellColumns, processes: readonly ProcessFlow[], where: Whereabouts) => {
  const at = (values: Int32Array, index: number): number => values[index] ?? 0;
  const byEnd = Int32Array.from(dwells.until.keys()).toSorted((a, b) => at(dwells.until, a) - at(dwells.until, b) || a - b);
  let [open, nextSince, nextEnd] = [new Int32Array(0), 0, 0];
  let [rolled, examined] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];

  const countedAt = (dwell: number, on: DayNumber) => {
    const cell = where.cellAt(at(dwells.history, dwell), on);
    const counts = processes[at(where.processOf, cell)]?.counts;
    return { counts, position: { segment: at(where.segmentOf, cell), milestone: at(dwells.milestone, dwell) } };
  };
  const addRisk = (dwell: number, to: DayNumber, sign: 1 | -1): void => {
    const since = at(dwells.since, dwell);
    const from = Math.max(since, rolled);
    const { counts, position } = countedAt(dwell, to);
    if (counts !== undefined && from <= to) addDaysAtRisk(counts, position, { since, from, to }, sign);
  };
  const end = (dwell: number): void => {
    const [since, until, exit] = [at(dwells.since, dwell), at(dwells.until, dwell), at(dwells.exit, dwell)];
    addRisk(dwell, until, 1);
    const { counts, position } = countedAt(dwell, until);
    if (counts !== undefined && exit >= 0) addExit(counts, position, { exit, age: until - since, day: until });
  };
  /** Counts the dwells that ended before a day and keeps those that are open on it. */
  const advance = (today: DayNumber): void => {
    for (; nextEnd < byEnd.length && at(dwells.until, at(byEnd, nextEnd)) < today; nextEnd += 1) end(at(byEnd, nextEnd));
    const first = nextSince;
    while (nextSince < dwells.length && at(dwells.since, nextSince) < today) nextSince += 1;
    const entered = Int32Array.from({ length: nextSince - first }, (_, n) => first + n);
    const all = new Int32Array(open.length + entered.length);
    all.set(open);
    all.set(entered, open.length);
    open = all.filter((dwell) => (dwells.until[dwell] ?? never) >= today);
  };
  const rollTo = (today: DayNumber): void => {
    const first = Math.min(dwells.since[0] ?? today, today);
    for (let month = monthOf(Math.max(rolled, first)) + 1; firstDayOf(month) <= today; month += 1) {
      advance(firstDayOf(month));
      for (const dwell of open) addRisk(dwell, firstDayOf(month) - 1, 1);
      rolled = firstDayOf(month);
    }
    advance(today);
  };
  return {
    to: (today: DayNumber): Int32Array => {
      for (const dwell of open) addRisk(dwell, examined, -1);
      rollTo(today);
      examined = today - 1;
      for (const dwell of open) addRisk(dwell, examined, 1);
      return open.toSorted((a, b) => at(dwells.history, a) - at(dwells.history, b));
    },
  };
};
