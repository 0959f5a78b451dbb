import { currency, day, instant, moneyText, opportunityId, processId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { cohortCount, forecastHorizon, forecastNode, forecastWindow, leakDimension, stageProbabilities } from './events.ts';
import { act, milestoneId } from '../pipeline/events.ts';

/** A ratio with its numerator and denominator; null if the denominator is 0. */
const ratio = z.object({ numerator: z.number(), denominator: z.number(), ratio: z.number() }).nullable();

const quantiles = { mean: moneyText, p10: moneyText, p50: moneyText, p90: moneyText };

/** Why a forecast differs from that of an earlier day. The parts sum to `difference`, to the minor unit. */
const forecastChange = z.object({
  /** the day of the snapshot that it is compared with */
  since: day,
  before: moneyText,
  difference: moneyText,
  parts: z.object({
    /** orders of opportunities that were open on that day, less what was expected of them */
    won: moneyText,
    /** what was expected of opportunities that have been lost, and orders that have been cancelled; not positive */
    lost: moneyText,
    milestoneMoves: moneyText,
    /** opportunities still at the same milestone, with less time left */
    ageing: moneyText,
    /** changes of amount, owner or segment */
    amended: moneyText,
    /** opportunities that have arrived, less what was expected to arrive */
    new: moneyText,
    /** what the method has learnt: the same opportunities have another value today */
    recalibration: moneyText,
  }),
});

/** How much new business would close the gap. */
const requiredNewOpportunities = z.object({
  /** to be opened today; null if nothing opened today can be won in time */
  count: z.int().nonnegative().nullable(),
  /** what one that is opened today brings within the window, at present conversions */
  worthOfOne: moneyText,
});

export const forecastView = z.object({
  node: forecastNode,
  window: forecastWindow,
  asOf: instant,
  ...quantiles,
  /** mean = booked + existing + future, to the cent */
  booked: moneyText,
  existing: z.object({
    total: moneyText,
    /** the total by the last milestone that the customer reached; null: none yet */
    byMilestone: z.array(
      z.object({
        processId: z.string(),
        milestoneId: z.string().nullable(),
        opportunities: z.int().nonnegative(),
        /** of these, the ones without an amount, which are valued at the mean order */
        withoutAmount: z.int().nonnegative(),
        expected: moneyText,
      }),
    ),
  }),
  future: moneyText,
  /** the target of the window; null if no plan covers it, and for weeks, segments and processes */
  quota: moneyText.nullable(),
  /** quota − mean; negative if more than the quota is forecast */
  gap: moneyText.nullable(),
  requiredNewOpportunities: requiredNewOpportunities.nullable(),
  /** false until 20 wins and 3 ended windows are known; until then the interval is too uncertain to plan on */
  enoughFacts: z.boolean(),
  /** the facts behind the figures; `recordedUntil`: when the newest of them was stored */
  basis: z.object({ wins: z.int().nonnegative(), endedWindows: z.int().nonnegative(), recordedUntil: instant.nullable() }),
  /**
   * open opportunities whose known amount has no value in the reporting currency, by reason; like those without an amount they are valued at
   * the mean order. Absent if there are none, and for a snapshot
   */
  gaps: z.array(z.object({ reason: z.enum(['rate-missing', 'amount-too-large']), currency, opportunities: z.int().positive() })).optional(),
  /** null unless `since` is given */
  change: forecastChange.nullable(),
});
export type ForecastView = z.infer<typeof forecastView>;

/** The snapshots of a window, day by day, of the days on which one was made. */
export const forecastHistoryView = z.object({
  node: forecastNode,
  window: forecastWindow,
  days: z.array(z.object({ day, booked: moneyText, ...quantiles, enoughFacts: z.boolean() })),
});

/** The current week, month and quarter: the forecast of the first day, and what is won so far. */
export const progressView = z.object({
  node: forecastNode,
  asOf: instant,
  windows: z.array(
    z.object({
      window: forecastWindow,
      actual: moneyText,
      /** the snapshot of the first day; null if none was made */
      atStart: z.object({ day, ...quantiles }).nullable(),
      now: z.object(quantiles),
      /** actual ÷ mean of the forecast at the start */
      reached: ratio,
    }),
  ),
});

const baselineGrade = z.object({
  baseline: z.enum(['run-rate', 'stage-weighted', 'rep-estimates']),
  windows: z.int().nonnegative(),
  /** whether it has figures for 8 windows or more */
  claim: z.boolean().optional(),
  wape: ratio,
  /** the computed figures of the same windows */
  computedWape: ratio.optional(),
});

/** The grades of forecasts that were made at the same point of their windows. */
const horizonGrades = z.object({
  horizon: forecastHorizon,
  windows: z.int().nonnegative(),
  /** the number of forecasts; those of different nodes count separately */
  forecasts: z.int().nonnegative(),
  /** true from 8 windows on; before, the figures below are not reliable */
  claim: z.boolean(),
  /** Σ |actual − mean| ÷ Σ actual */
  wape: ratio,
  /** Σ (mean − actual) ÷ Σ actual; positive: the forecasts were too high */
  bias: ratio,
  /** the share of actuals within P10 to P90; ideally 0.8 */
  coverage: ratio,
  /** twice the mean pinball loss of P10, P50 and P90 over the mean actual: the CRPS approximated by three quantiles */
  quantileScore: z.number().nullable(),
  /** WAPE ÷ the lowest WAPE that the number and size of orders allow; null without orders */
  toFloor: z.number().nullable(),
  /** the bias is above 5 % and more than twice its standard error, over 8 windows or more */
  biased: z.boolean(),
  baselines: z.array(baselineGrade),
  /** managers' judgements, and the computed figures of the same windows */
  judgement: z.object({ windows: z.int().nonnegative(), wape: ratio, computedWape: ratio }),
});

const endedWindow = z.object({
  node: forecastNode,
  window: forecastWindow,
  actual: moneyText,
  ...quantiles,
  judgement: moneyText.nullable(),
});

export const gradesView = z.object({
  level: forecastNode.shape.level,
  /** null: all nodes of the level together */
  key: z.string().nullable(),
  window: forecastWindow.shape.kind,
  horizons: z.array(horizonGrades),
  /** the newest ended windows, as forecast at their start */
  latest: z.array(endedWindow),
  /**
   * The same for windows of the recorded history, which were forecast afterwards from what was recorded by each day. They do not count above.
   * Null without a replay
   */
  replayed: z
    .object({ replayedAt: instant, horizons: z.array(horizonGrades), latest: z.array(endedWindow) })
    .nullable()
    .optional(),
});
export type GradesView = z.infer<typeof gradesView>;

export const judgementView = z.object({
  node: forecastNode,
  window: forecastWindow,
  /** oldest first; the last one is in force */
  versions: z
    .array(
      z.object({
        version: z.int().positive(),
        amount: moneyText,
        reason: z.string().nullable(),
        madeBy: repId.nullable(),
        madeAt: instant,
        /** the computed mean at that moment */
        computed: moneyText,
      }),
    )
    .min(1),
  /** after the end of the window: the actual, and both errors */
  outcome: z.object({ actual: moneyText, judgementError: moneyText, computedError: moneyText }).nullable(),
});
export type JudgementView = z.infer<typeof judgementView>;

export const stageProbabilitiesView = z.object({
  processId,
  probabilities: stageProbabilities,
  /** in force since that day; absent: since they were set */
  since: day.optional(),
});

export const replayView = z.object({
  requestedAt: instant,
  /** when the replay that is shown was finished; null: none yet */
  replayedAt: instant.nullable(),
});

const whatIfFigures = z.object({ ...quantiles, booked: moneyText, existing: moneyText, future: moneyText });

export const whatIfView = z.object({
  node: forecastNode,
  window: forecastWindow,
  asOf: instant,
  asItIs: whatIfFigures,
  whatIf: whatIfFigures,
  /** whatIf − asItIs, of the means */
  difference: moneyText,
});

/** The share of a cohort that went on, with its two-sided 95 % bounds (Wilson). */
const conversion = cohortCount.extend({ share: ratio, low: z.number().nullable(), high: z.number().nullable() });

const dwell = z.object({ median: z.int().nonnegative(), p90: z.int().nonnegative() }).nullable();

export const leakView = z.object({
  processId,
  milestoneId: milestoneId.nullable(),
  nextMilestoneId: milestoneId,
  dimension: leakDimension,
  key: z.string(),
  /** the days within which nine in ten of those that ever go on have done so */
  horizonDays: z.int().positive(),
  /** the newest one to three mature cohorts, as many as show the drop most clearly; null: none is mature */
  observed: conversion.nullable(),
  /** the up to twelve cohorts before them; null if there are fewer than four */
  reference: conversion.nullable(),
  /** the probability of such a drop by chance; null without a reference or with fewer than 30 entries */
  pValue: z.number().nullable(),
  leak: z.boolean(),
  value: moneyText.nullable(),
  missingEvidence: act.nullable(),
  /** days until customers went on: in the observed cohorts, and in the reference */
  dwell: z.object({ observed: dwell, reference: dwell }),
  /** cohorts that are too young to be judged */
  immature: z.array(cohortCount),
});

export const stallView = z.object({
  opportunityId,
  processId,
  milestoneId: milestoneId.nullable(),
  repId,
  teamId,
  amount: moneyText.nullable(),
  lastEvidenceAt: instant,
  days: z.int().nonnegative(),
  usualDays: z.int().nonnegative(),
});

export const leaksView = z.object({
  asOf: instant,
  /** leaks first, then by process, milestone, dimension and key */
  flows: z.array(leakView),
  /** the longest silence first, at most 100; `GET /leaks/stalls` has all of them */
  stalls: z.array(stallView),
  stalled: z.int().nonnegative(),
});
