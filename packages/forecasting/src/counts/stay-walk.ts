// Days pass over the stays of all opportunities: what ends is counted, what is open is at risk for one more day.
import { addDaysAtRisk, addExit } from './flow-counts.ts';
import type { DayNumber } from '../input/history.ts';
import { firstDayOf, monthOf } from '../input/months.ts';
import { never, type StayColumns } from '../replay/replay-columns.ts';
import type { ProcessFlow } from '../input/situation.ts';

/** Where a history counts on a day, as an index, and what that place means for the counts. */
export type Whereabouts = {
  readonly placeAt: (history: number, on: DayNumber) => number;
  readonly processOf: Int32Array;
  readonly segmentOf: Int32Array;
};

/**
 * Walks forward. `to(today)` brings the counts of the processes to the beginning of a day and returns the open stays, in order of their
 * histories. Days at risk of open stays are added month by month; those of the current month only for the look, and taken away again.
 */
export const stayWalk = (stays: StayColumns, processes: readonly ProcessFlow[], where: Whereabouts) => {
  const at = (values: Int32Array, index: number): number => values[index] ?? 0;
  const byEnd = Int32Array.from(stays.until.keys()).toSorted((a, b) => at(stays.until, a) - at(stays.until, b) || a - b);
  let [open, nextSince, nextEnd] = [new Int32Array(0), 0, 0];
  let [rolled, looked] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];

  const cellOf = (stay: number, on: DayNumber) => {
    const place = where.placeAt(at(stays.history, stay), on);
    const counts = processes[at(where.processOf, place)]?.counts;
    return { counts, cell: { segment: at(where.segmentOf, place), milestone: at(stays.milestone, stay) } };
  };
  const addRisk = (stay: number, to: DayNumber, sign: 1 | -1): void => {
    const since = at(stays.since, stay);
    const from = Math.max(since, rolled);
    const { counts, cell } = cellOf(stay, to);
    if (counts !== undefined && from <= to) addDaysAtRisk(counts, cell, { since, from, to }, sign);
  };
  const end = (stay: number): void => {
    const [since, until, exit] = [at(stays.since, stay), at(stays.until, stay), at(stays.exit, stay)];
    addRisk(stay, until, 1);
    const { counts, cell } = cellOf(stay, until);
    if (counts !== undefined && exit >= 0) addExit(counts, cell, { exit, age: until - since, day: until });
  };
  /** Ends what ended before a day, and keeps what is open then. */
  const advance = (today: DayNumber): void => {
    for (; nextEnd < byEnd.length && at(stays.until, at(byEnd, nextEnd)) < today; nextEnd += 1) end(at(byEnd, nextEnd));
    const first = nextSince;
    while (nextSince < stays.length && at(stays.since, nextSince) < today) nextSince += 1;
    const entered = Int32Array.from({ length: nextSince - first }, (_, n) => first + n);
    const all = new Int32Array(open.length + entered.length);
    all.set(open);
    all.set(entered, open.length);
    open = all.filter((stay) => (stays.until[stay] ?? never) >= today);
  };
  const rollTo = (today: DayNumber): void => {
    const first = Math.min(stays.since[0] ?? today, today);
    for (let month = monthOf(Math.max(rolled, first)) + 1; firstDayOf(month) <= today; month += 1) {
      advance(firstDayOf(month));
      for (const stay of open) addRisk(stay, firstDayOf(month) - 1, 1);
      rolled = firstDayOf(month);
    }
    advance(today);
  };
  return {
    to: (today: DayNumber): Int32Array => {
      for (const stay of open) addRisk(stay, looked, -1);
      rollTo(today);
      looked = today - 1;
      for (const stay of open) addRisk(stay, looked, 1);
      return open.toSorted((a, b) => at(stays.history, a) - at(stays.history, b));
    },
  };
};
