import { calendarClasses, type CalendarClass } from './calendar-classes.ts';
import { classFactors, type MonthRate } from './calendar-effects.ts';
import { bins, type FlowCounts } from '../counts/flow-counts.ts';
import { isKnown, priorHazards, type FlowPrior } from './flow-prior.ts';
import { flowTable, range, read, type FlowTable } from '../flow/flow-table.ts';
import type { DayNumber } from '../input/history.ts';
import { monthOf } from '../input/months.ts';

/** Weights in exits: an age is shrunk towards its milestone, a segment towards all segments, a class's ages towards one shape (docs/model/forecast.md 3). */
const pull = { age: 2, segment: 50, shape: 10, drift: 1, template: 5 };
const sweeps = 6;
/** How fast a change of pace is adopted: half after a month. A month with this many exits has half its weight. */
const [driftHalfLifeMonths, driftExits] = [1, 20];
const daysOfWeek = 7;

/** Chances per day: ofClass[class][milestone][exit][age bin], times the segment's factor for the exit: segment[segment][exit]. */
export type Hazards = {
  readonly ofClass: readonly (readonly (readonly Float64Array[])[])[];
  readonly segment: readonly Float64Array[];
  readonly classes: CalendarClass;
  readonly exits: number;
};

type Fit = { readonly base: Float64Array[][]; readonly segment: Float64Array[]; readonly calendar: Float64Array[] };

const total = (values: Float64Array): number => values.reduce((sum, one) => sum + one, 0);

/** Exits and days at risk of one milestone and exit by age. The days are scaled by all factors except that of the age. */
const atMilestone = ({ contracted }: FlowTable, fit: Fit, milestone: number, exit: number) => {
  const [ended, risk] = [new Float64Array(bins), new Float64Array(bins)];
  contracted.forEach((segments, c) =>
    segments.forEach((milestones, s) => {
      const cell = milestones[milestone];
      const factor = read(fit.calendar[c], exit) * read(fit.segment[s], exit);
      for (let a = 0; a < bins; a += 1) {
        ended[a] = read(ended, a) + read(cell, bins * (1 + exit) + a);
        risk[a] = read(risk, a) + factor * read(cell, a);
      }
    }),
  );
  return { ended, risk };
};

/** Gamma–Poisson shrinkage of each age towards the mean of its milestone; at most 1. */
const shrunkByAge = (ended: Float64Array, risk: Float64Array, mean: number): Float64Array =>
  Float64Array.from(ended, (count, a) => (mean <= 0 ? 0 : Math.min(1, (count + pull.age) / (read(risk, a) + pull.age / mean))));

type Prior = { readonly hazards: ReadonlyMap<number, number>; readonly weight: number };

const fitBase = (table: FlowTable, fit: Fit, priors: readonly Prior[]): void => {
  fit.base.forEach((line, m) => {
    const taken = table.taken[m] ?? [];
    const { hazards, weight: believed } = priors[m] ?? { hazards: new Map<number, number>(), weight: 0 };
    for (const exit of new Set([...taken, ...hazards.keys()])) {
      const { ended, risk } = atMilestone(table, fit, m, exit);
      const prior = hazards.get(exit) ?? 0;
      const weight = prior === 0 ? 0 : taken.length === 0 ? Math.max(1, believed) : believed;
      const [count, days] = [total(ended) + weight, total(risk) + (weight === 0 ? 0 : weight / prior)];
      line[exit] = shrunkByAge(ended, risk, days === 0 ? 0 : count / days);
    }
  });
};

/** The milestones from which a way out was ever taken. */
const milestonesWith = ({ taken }: FlowTable, exit: number): readonly number[] =>
  range(taken.length).filter((milestone) => taken[milestone]?.includes(exit) === true);

const fitSegments = (table: FlowTable, fit: Fit): void => {
  const milestonesOf = range(table.exits).map((exit) => milestonesWith(table, exit));
  fit.segment.forEach((factors, s) => {
    factors.forEach((_, exit) => {
      let [observed, expected] = [0, 0];
      table.contracted.forEach((segments, c) => {
        for (const m of milestonesOf[exit] ?? []) {
          const [cell, base] = [segments[s]?.[m], fit.base[m]?.[exit]];
          for (let a = 0; a < bins; a += 1) {
            observed += read(cell, bins * (1 + exit) + a);
            expected += read(fit.calendar[c], exit) * read(base, a) * read(cell, a);
          }
        }
      });
      factors[exit] = (pull.segment + observed) / (pull.segment + expected);
    });
  });
};

/** Observed and expected exits of each month by one way out, without the calendar factor. */
const monthRates = ({ rows, months, taken }: FlowTable, fit: Fit, exit: number): readonly (MonthRate & { readonly days: number })[] => {
  const rates = months.map((month) => ({ ...month, observed: 0, expected: 0 }));
  for (const { month, segment, milestone, values } of rows) {
    const rate = rates[month];
    const base = fit.base[milestone]?.[exit];
    if (rate === undefined || taken[milestone]?.includes(exit) !== true) continue;
    let expected = 0;
    for (let a = 0; a < bins; a += 1) {
      rate.observed += read(values, bins * (1 + exit) + a);
      expected += read(base, a) * read(values, a);
    }
    rate.expected += expected * read(fit.segment[segment], exit);
  }
  return rates;
};

/** Fits the months of the quarter first and then, where there are 12 classes, what is left to the months of the year. */
const fitCalendar = (table: FlowTable, fit: Fit, classes: number): void => {
  for (const exit of new Set(table.taken.flat())) {
    const rates = monthRates(table, fit, exit);
    const ofQuarter = classFactors(
      rates.map((rate) => ({ ...rate, class: rate.class % 3 })),
      3,
    );
    const left = rates.map((rate) => ({ ...rate, expected: rate.expected * read(ofQuarter, rate.class % 3) }));
    const ofYear = classes > 3 ? classFactors(left, classes) : new Float64Array(classes).fill(1);
    fit.calendar.forEach((factors, c) => {
      factors[exit] = read(ofQuarter, c % 3) * read(ofYear, c);
    });
  }
};

/**
 * The shape of the ages in one class: observed ÷ expected at an age, relative to the same ratio of the whole class, so that a good or bad
 * month as such has no effect.
 */
const shapeIn = (
  table: FlowTable,
  fit: Fit,
  about: { readonly class: number; readonly milestone: number; readonly exit: number },
): Float64Array => {
  const { exit } = about;
  const base = fit.base[about.milestone]?.[exit];
  const [observed, expected] = [new Float64Array(bins), new Float64Array(bins)];
  table.contracted[about.class]?.forEach((milestones, s) => {
    const cell = milestones[about.milestone];
    for (let a = 0; a < bins; a += 1) {
      observed[a] = read(observed, a) + read(cell, bins * (1 + exit) + a);
      expected[a] = read(expected, a) + read(cell, a) * read(base, a) * read(fit.segment[s], exit);
    }
  });
  const ofAll = total(expected);
  const whole = ofAll > 0 ? total(observed) / ofAll : 0;
  return observed.map((count, a) => (count + pull.shape) / (whole * read(expected, a) + pull.shape));
};

/**
 * How much faster or slower an exit has been recently than the calendar factor says. A month that is younger than a week may consist of a
 * weekend, so the rest of that week is taken to go as expected.
 */
const drift = (table: FlowTable, fit: Fit, exit: number): number => {
  let [sum, weight] = [0, 0];
  const last = table.months.length - 1;
  monthRates(table, fit, exit).forEach((rate, n) => {
    const expected = rate.expected * read(fit.calendar[rate.class], exit);
    if (expected <= 0) return;
    const g = 0.5 ** ((last - n) / driftHalfLifeMonths) * (expected / (expected + driftExits)) * rate.share;
    const rest = rate.days > 0 ? expected * Math.max(0, daysOfWeek / rate.days - 1) : 0;
    sum += g * Math.log((rate.observed + rest + 1) / (expected + rest + 1));
    weight += g;
  });
  return Math.exp(sum / (weight + pull.drift));
};

/** The day of the fit, and the day on which the counts begin. */
export type FitAt = { readonly today: DayNumber; readonly startMonth: number; readonly firstDay: DayNumber };

/** Fits the chances per day to the counts: ages, segments and calendar classes in turn, each shrunk towards the common value. */
export const fitHazards = (counts: FlowCounts, prior: FlowPrior | null, { today, startMonth, firstDay }: FitAt): Hazards => {
  const classes = calendarClasses(monthOf(today) - monthOf(firstDay), startMonth);
  const table = flowTable(counts, { today, firstDay }, classes);
  const ones = (length: number) => Array.from({ length }, () => new Float64Array(table.exits).fill(1));
  const fit: Fit = {
    base: counts.milestones.map(() => range(table.exits).map(() => new Float64Array(bins))),
    segment: ones(counts.segments.length),
    calendar: ones(classes.count),
  };
  const priors = counts.milestones.map((_, m) => ({
    hazards: priorHazards(counts.milestones, prior, m),
    weight: isKnown(prior?.[m]) ? pull.template : 0,
  }));
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    fitBase(table, fit, priors);
    fitSegments(table, fit);
    // the calendar changes little from sweep to sweep and costs most
    if (sweep % 2 === 1) fitCalendar(table, fit, classes.count);
  }
  const drifts = range(table.exits).map((exit) => drift(table, fit, exit));
  return {
    ofClass: fit.calendar.map((factors, c) =>
      fit.base.map((ways, milestone) =>
        ways.map((way, exit) => {
          if (table.taken[milestone]?.includes(exit) !== true) return way;
          const shape = shapeIn(table, fit, { class: c, milestone, exit });
          return way.map((one, a) => Math.min(1, one * read(factors, exit) * read(shape, a) * (drifts[exit] ?? 1)));
        }),
      ),
    ),
    segment: fit.segment,
    classes,
    exits: table.exits,
  };
};
