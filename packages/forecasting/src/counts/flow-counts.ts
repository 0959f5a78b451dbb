import { ageBin, ageEdges } from './ages.ts';
import type { Counts } from './counters.ts';
import type { DayNumber, Exit } from '../input/history.ts';
import { firstDayOf, monthOf, type MonthNumber } from '../input/months.ts';

export const bins = ageEdges.length;

/** Ways out of a milestone: 0 is lost, 1 is won, 2 + i is a move to the milestone with index i. */
export const [lostExit, wonExit, firstMove] = [0, 1, 2];

/** One dense row: days at risk by age bin, then the exits of each way out by age bin. */
type Row = { readonly month: MonthNumber; readonly segment: number; readonly milestone: number; readonly values: Float64Array };

/** The counts of one process in memory, as a sparse table of rows. Mutable: it is filled once or carried forward from day to day. */
export type FlowCounts = {
  /** the first one is '': no milestone reached yet */
  readonly milestones: readonly string[];
  readonly segments: readonly string[];
  readonly rows: Map<number, Row>;
};

export const emptyFlowCounts = (milestones: readonly string[], segments: readonly string[]): FlowCounts => ({
  milestones,
  segments,
  rows: new Map(),
});

const rowOf = (counts: FlowCounts, month: MonthNumber, segment: number, milestone: number): Float64Array => {
  const key = (month * counts.segments.length + segment) * counts.milestones.length + milestone;
  const found = counts.rows.get(key);
  if (found !== undefined) return found.values;
  const values = new Float64Array(bins * (1 + firstMove + counts.milestones.length));
  counts.rows.set(key, { month, segment, milestone, values });
  return values;
};

const add = (values: Float64Array, index: number, by: number): void => {
  values[index] = (values[index] ?? 0) + by;
};

export type At = { readonly segment: number; readonly milestone: number };

/** Adds the days at risk of a dwell that began on `since`, on the days from `from` to `to`, both included. `sign` -1 removes them. */
export const addDaysAtRisk = (
  counts: FlowCounts,
  { segment, milestone }: At,
  { since, from, to }: { readonly since: DayNumber; readonly from: DayNumber; readonly to: DayNumber },
  sign = 1,
): void => {
  for (let low = from; low <= to;) {
    const month = monthOf(low);
    const high = Math.min(to, firstDayOf(month + 1) - 1);
    const values = rowOf(counts, month, segment, milestone);
    for (let age = low - since; age <= high - since;) {
      const bin = ageBin(age);
      const next = Math.min(high - since + 1, ageEdges[bin + 1] ?? Number.POSITIVE_INFINITY);
      add(values, bin, sign * (next - age));
      age = next;
    }
    low = high + 1;
  }
};

/** The index of an exit's way out; undefined for a milestone that the process does not have. */
export const exitIndex = (counts: Pick<FlowCounts, 'milestones'>, exit: Exit): number | undefined => {
  if (exit === 'lost') return lostExit;
  if (exit === 'won') return wonExit;
  const milestone = counts.milestones.indexOf(exit.slice(1));
  return milestone < 0 ? undefined : firstMove + milestone;
};

/** Adds one exit at an age on a day. */
export const addExit = (
  counts: FlowCounts,
  { segment, milestone }: At,
  { exit, age, day }: { readonly exit: number; readonly age: number; readonly day: DayNumber },
): void => {
  add(rowOf(counts, monthOf(day), segment, milestone), bins * (1 + exit) + ageBin(age), 1);
};

/** Adds a stored counter. */
export const addCounter = (counts: FlowCounts, month: MonthNumber, { segment, milestone }: At, key: Counts): void => {
  const values = rowOf(counts, month, segment, milestone);
  for (const [name, count] of Object.entries(key)) {
    const [head, ...exit] = name.split(':');
    const bin = Number(head?.slice(1));
    if (head?.startsWith('e') === true) add(values, bin, count);
    const text = exit.join(':');
    const index =
      text === 'won' || text === 'lost'
        ? exitIndex(counts, text)
        : text.startsWith('>')
          ? exitIndex(counts, `>${text.slice(1)}`)
          : undefined;
    if (index !== undefined) add(values, bins * (1 + index) + bin, count);
  }
};
