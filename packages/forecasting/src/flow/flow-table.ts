// The counts of a process as the fit reads them: the months that still count, summed by calendar class and one by one.
import type { CalendarClass } from '../hazards/calendar-classes.ts';
import { bins, firstMove, type FlowCounts } from '../counts/flow-counts.ts';
import type { DayNumber } from '../input/history.ts';
import { firstDayOf, monthOf } from '../input/months.ts';

/** The weight of a month halves with every year. */
const halfLifeMonths = 12;
/** Months older than this weigh too little to be read. */
const longest = 59;

/** Weighted counts by calendar class: [class][segment][milestone] → days at risk, then exits, by age bin. */
type Contracted = readonly (readonly (readonly Float64Array[])[])[];

/** The counts of one month. */
type MonthRow = { readonly month: number; readonly segment: number; readonly milestone: number; readonly values: Float64Array };

/** A month of the table. `days`: how many of its days lie between the first fact and today; `share`: these days of all its days. */
type TableMonth = { readonly weight: number; readonly class: number; readonly days: number; readonly share: number };

/** The days that a table covers: from the first fact to the day before `today`. */
type Covered = { readonly today: DayNumber; readonly firstDay: DayNumber };

export type FlowTable = {
  readonly contracted: Contracted;
  readonly rows: readonly MonthRow[];
  readonly months: readonly TableMonth[];
  readonly exits: number;
  /** the ways out that were ever taken, by milestone */
  readonly taken: readonly (readonly number[])[];
};

export const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
export const read = (values: ArrayLike<number> | undefined, index: number): number => values?.[index] ?? 0;

/** Reads the counts up to a day. */
export const flowTable = (counts: FlowCounts, { today, firstDay }: Covered, classes: CalendarClass): FlowTable => {
  const thisMonth = monthOf(today);
  const hasEnds = (values: Float64Array) => values.subarray(bins, bins * (1 + firstMove)).some((count) => count > 0);
  const sorted = [...counts.rows].toSorted(([a], [b]) => a - b).map(([, row]) => row);
  // months before the first win or loss are left out: the history was cut or had not begun, and days without exits would lower the hazards
  const firstEnd = sorted.find(({ values }) => hasEnds(values))?.month ?? thisMonth;
  const first = Math.max(firstEnd, thisMonth - longest);
  const months = range(thisMonth - first + 1).map((n) => {
    const [from, until] = [firstDayOf(first + n), firstDayOf(first + n + 1)];
    const days = Math.max(0, Math.min(today, until) - Math.max(firstDay, from));
    return { weight: 0.5 ** ((thisMonth - first - n) / halfLifeMonths), class: classes.of(from), days, share: days / (until - from) };
  });
  const exits = firstMove + counts.milestones.length;
  const contracted = range(classes.count).map(() =>
    counts.segments.map(() => counts.milestones.map(() => new Float64Array(bins * (1 + exits)))),
  );
  const rows = sorted.filter(({ month }) => month >= first && month <= thisMonth).map((row) => ({ ...row, month: row.month - first }));
  for (const { month, segment, milestone, values } of rows) {
    const about = months[month];
    const target = contracted[about?.class ?? 0]?.[segment]?.[milestone];
    if (target === undefined || about === undefined) continue;
    for (let i = 0; i < values.length; i += 1) target[i] = (target[i] ?? 0) + about.weight * (values[i] ?? 0);
  }
  const isTaken = (milestone: number, exit: number): boolean =>
    contracted.some((segments) =>
      segments.some((milestones) => milestones[milestone]?.subarray(bins * (1 + exit), bins * (2 + exit)).some((count) => count > 0)),
    );
  const taken = counts.milestones.map((_, milestone) => range(exits).filter((exit) => isTaken(milestone, exit)));
  return { contracted, rows, months, exits, taken };
};
