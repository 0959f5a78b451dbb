import type { DayNumber } from './history.ts';
import { bins, firstMove, lostExit, wonExit, type FlowCounts } from './flow-counts.ts';
import { civilOf, monthOf, type MonthNumber } from './months.ts';

/** Half of what a month counts is forgotten after a year. */
const halfLifeMonths = 12;
/** From so many months of history on, each month of the year has its own pace; before, each month of the quarter. */
const yearOfMonths = 24;
/** Pseudo-exits that pull an age to its milestone, a segment to all segments, a calendar class to all months (`forecast` 2). */
const pull = { age: 2, segment: 50, calendar: 30, ageInClass: 5, template: 5 };
const sweeps = 6;

/** A cold start: eventual conversion and median days of each milestone, '' first. null: nobody knows. */
export type FlowPrior = readonly { readonly conversion: number | null; readonly medianDays: number | null }[];

/** The calendar class of a day. */
export type CalendarClass = { readonly count: number; readonly of: (day: DayNumber) => number };

/** Chances per day: ofClass[class][milestone][exit][age bin], times the segment's factor for the exit: segment[segment][exit]. */
export type Hazards = {
  readonly ofClass: readonly (readonly (readonly Float64Array[])[])[];
  readonly segment: readonly Float64Array[];
  readonly classes: CalendarClass;
  readonly exits: number;
};

/** Months of the fiscal quarter, or of the fiscal year where the history is long enough. */
export const calendarClasses = (historyMonths: number, startMonth: number): CalendarClass => {
  const count = historyMonths >= yearOfMonths ? 12 : 3;
  return { count, of: (day) => (civilOf(day).month - startMonth + 12) % count };
};

// Where nothing has ended yet and no template speaks: stays of three weeks, one of two goes on.
const unknownHazard = Math.LN2 / 42;

const priorHazards = (milestones: readonly string[], prior: FlowPrior | null, milestone: number): ReadonlyMap<number, number> => {
  const next = milestone + 1 < milestones.length ? firstMove + milestone + 1 : wonExit;
  const { conversion, medianDays } = prior?.[milestone] ?? { conversion: null, medianDays: null };
  if (conversion === null || medianDays === null)
    return new Map([
      [next, unknownHazard],
      [lostExit, unknownHazard],
    ]);
  const pace = Math.LN2 / Math.max(1, medianDays);
  return new Map([
    [next, Math.min(1, conversion * pace)],
    [lostExit, Math.min(1, (1 - conversion) * pace)],
  ]);
};

/** The counts of all months together by class, forgotten with age: [class][segment][milestone] → days then exits by bin. */
type Contracted = { readonly exits: number; readonly at: (index: number, segment: number, milestone: number) => Float64Array };

const contracted = (counts: FlowCounts, thisMonth: MonthNumber, classOfMonth: (month: MonthNumber) => number, classes: number): Contracted => {
  const exits = firstMove + counts.milestones.length;
  const [segments, milestones] = [counts.segments.length, counts.milestones.length];
  const tables = Array.from({ length: classes * segments * milestones }, () => new Float64Array(bins * (1 + exits)));
  const at = (index: number, segment: number, milestone: number): Float64Array =>
    tables[(index * segments + segment) * milestones + milestone] ?? new Float64Array(0);
  // by key, so that the sums of doubles do not depend on the order in which rows were first seen
  for (const [, { month, segment, milestone, values }] of [...counts.rows].toSorted(([a], [b]) => a - b)) {
    const weight = 0.5 ** ((thisMonth - month) / halfLifeMonths);
    const target = at(classOfMonth(month), segment, milestone);
    for (let i = 0; i < values.length; i += 1) target[i] = (target[i] ?? 0) + weight * (values[i] ?? 0);
  }
  return { exits, at };
};

type Fit = {
  readonly base: Float64Array[][];
  readonly segment: Float64Array[];
  readonly calendar: Float64Array[];
};

type Sizes = { readonly classes: number; readonly segments: number; readonly milestones: number; readonly exits: number };

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
const read = (values: Float64Array | undefined, index: number): number => values?.[index] ?? 0;

/** Exits and days at risk of one milestone and exit by age, the days scaled by all factors but the age's own. */
const atMilestone = (table: Contracted, sizes: Sizes, fit: Fit, { milestone, exit }: { milestone: number; exit: number }) => {
  const [ended, risk] = [new Float64Array(bins), new Float64Array(bins)];
  for (let c = 0; c < sizes.classes; c += 1)
    for (let s = 0; s < sizes.segments; s += 1) {
      const cell = table.at(c, s, milestone);
      const factor = read(fit.calendar[c], exit) * read(fit.segment[s], exit);
      for (let a = 0; a < bins; a += 1) {
        ended[a] = read(ended, a) + read(cell, bins * (1 + exit) + a);
        risk[a] = read(risk, a) + factor * read(cell, a);
      }
    }
  return { ended, risk };
};

const total = (values: Float64Array): number => values.reduce((sum, one) => sum + one, 0);

/** Gamma-Poisson shrinkage of each age to the milestone's own mean; never above 1, it is a chance. */
const shrunkByAge = (ended: Float64Array, risk: Float64Array, mean: number): Float64Array =>
  Float64Array.from(ended, (count, a) => (mean <= 0 ? 0 : Math.min(1, (count + pull.age) / (read(risk, a) + pull.age / mean))));

const fitBase = (table: Contracted, sizes: Sizes, fit: Fit, priors: readonly { hazards: ReadonlyMap<number, number>; weight: number }[]) => {
  for (let m = 0; m < sizes.milestones; m += 1) {
    const all = range(sizes.exits).map((exit) => atMilestone(table, sizes, fit, { milestone: m, exit }));
    const nothingEnded = all.every(({ ended }) => total(ended) === 0);
    all.forEach(({ ended, risk }, exit) => {
      const prior = priors[m]?.hazards.get(exit) ?? 0;
      const weight = prior === 0 ? 0 : nothingEnded ? Math.max(1, priors[m]?.weight ?? 0) : (priors[m]?.weight ?? 0);
      const [count, days] = [total(ended) + weight, total(risk) + (weight === 0 ? 0 : weight / prior)];
      const line = fit.base[m];
      if (line !== undefined) line[exit] = shrunkByAge(ended, risk, days === 0 ? 0 : count / days);
    });
  }
};

/** Observed and expected exits of one way out, over the cells that `include` names, the factor of what is fitted left out. */
const observedAndExpected = (table: Contracted, sizes: Sizes, fit: Fit, only: { exit: number; segment?: number; class?: number }) => {
  let [observed, expected] = [0, 0];
  const { exit } = only;
  for (const c of only.class === undefined ? range(sizes.classes) : [only.class])
    for (const s of only.segment === undefined ? range(sizes.segments) : [only.segment])
      for (let m = 0; m < sizes.milestones; m += 1) {
        const cell = table.at(c, s, m);
        const base = fit.base[m]?.[exit];
        const factor =
          (only.class === undefined ? read(fit.calendar[c], exit) : 1) * (only.segment === undefined ? read(fit.segment[s], exit) : 1);
        for (let a = 0; a < bins; a += 1) {
          observed += read(cell, bins * (1 + exit) + a);
          expected += factor * read(base, a) * read(cell, a);
        }
      }
  return { observed, expected };
};

const fitFactors = (table: Contracted, sizes: Sizes, fit: Fit): void => {
  for (let exit = 0; exit < sizes.exits; exit += 1) {
    for (let segment = 0; segment < sizes.segments; segment += 1) {
      const { observed, expected } = observedAndExpected(table, sizes, fit, { exit, segment });
      const factors = fit.segment[segment];
      if (factors !== undefined) factors[exit] = (pull.segment + observed) / (pull.segment + expected);
    }
    for (let c = 0; c < sizes.classes; c += 1) {
      const { observed, expected } = observedAndExpected(table, sizes, fit, { exit, class: c });
      const factors = fit.calendar[c];
      if (factors !== undefined) factors[exit] = (pull.calendar + observed) / (pull.calendar + expected);
    }
  }
};

/** The ages have their own shape in each class, as far as its own exits say so. */
const agesInClass = (table: Contracted, sizes: Sizes, fit: Fit, c: number): readonly (readonly Float64Array[])[] =>
  range(sizes.milestones).map((m) =>
    range(sizes.exits).map((exit) => {
      const base = fit.base[m]?.[exit] ?? new Float64Array(bins);
      const factor = read(fit.calendar[c], exit);
      const mean = (factor * total(base)) / bins;
      if (mean === 0) return base;
      return base.map((hazard, a) => {
        let [ended, risk] = [0, 0];
        for (let s = 0; s < sizes.segments; s += 1) {
          const cell = table.at(c, s, m);
          ended += read(cell, bins * (1 + exit) + a);
          risk += read(fit.segment[s], exit) * read(cell, a);
        }
        return Math.min(1, (ended + (pull.ageInClass * hazard * factor) / mean) / (risk + pull.ageInClass / mean));
      });
    }),
  );

/** When it is and how far back the counts go. */
export type FitAt = { readonly today: DayNumber; readonly startMonth: number; readonly firstDay: DayNumber };

/** Fits the chances per day to what was counted: ages, segments and calendar classes in turns, each pulled to what is common. */
export const fitHazards = (counts: FlowCounts, prior: FlowPrior | null, { today, startMonth, firstDay }: FitAt): Hazards => {
  const thisMonth = monthOf(today);
  const classes = calendarClasses(thisMonth - monthOf(firstDay), startMonth);
  const classOfMonth = (month: MonthNumber): number => (((month % 12) + 12) % 12 - startMonth + 1 + 12) % classes.count;
  const table = contracted(counts, thisMonth, classOfMonth, classes.count);
  const sizes = { classes: classes.count, segments: counts.segments.length, milestones: counts.milestones.length, exits: table.exits };
  const ones = (length: number) => Array.from({ length }, () => new Float64Array(sizes.exits).fill(1));
  const fit: Fit = {
    base: range(sizes.milestones).map(() => range(sizes.exits).map(() => new Float64Array(bins))),
    segment: ones(sizes.segments),
    calendar: ones(sizes.classes),
  };
  const priors = range(sizes.milestones).map((m) => ({
    hazards: priorHazards(counts.milestones, prior, m),
    weight: prior?.[m]?.conversion == null || prior[m]?.medianDays == null ? 0 : pull.template,
  }));
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    fitBase(table, sizes, fit, priors);
    fitFactors(table, sizes, fit);
  }
  return {
    ofClass: range(sizes.classes).map((c) => agesInClass(table, sizes, fit, c)),
    segment: fit.segment,
    classes,
    exits: sizes.exits,
  };
};
