import { currency, day, instant, moneyText, opportunityId, processId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { cohortCount, forecastHorizon, forecastNode, forecastWindow, leakDimension, stageProbabilities } from './events.ts';
import { act, milestoneId } from '../pipeline/events.ts';

/** A ratio with what it is made of; the whole is null where the denominator is 0. */
const ratio = z.object({ numerator: z.number(), denominator: z.number(), ratio: z.number() }).nullable();

const quantiles = { mean: moneyText, p10: moneyText, p50: moneyText, p90: moneyText };

/** Why a forecast is another one than on an earlier day. All parts together are `difference`, to the minor unit. */
const forecastChange = z.object({
  /** the day of the snapshot it is compared with */
  since: day,
  before: moneyText,
  difference: moneyText,
  parts: z.object({
    /** orders of opportunities that were open on that day, less what was expected of them */
    won: moneyText,
    /** what was expected of those that were lost meanwhile, and orders cancelled meanwhile; not positive */
    lost: moneyText,
    milestoneMoves: moneyText,
    /** still at the same milestone, with less time left */
    ageing: moneyText,
    /** amount, owner or segment changed */
    amended: moneyText,
    /** what arrived meanwhile, less what was expected to arrive */
    new: moneyText,
    /** the method learnt: the same opportunities are worth something else today */
    recalibration: moneyText,
  }),
});

/** What it would take to close the gap with business that does not exist yet. */
const requiredNewOpportunities = z.object({
  /** to be opened today; null where nothing opened today can be won in time */
  count: z.int().nonnegative().nullable(),
  /** what one that is opened today brings within the window, as opportunities convert today */
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
    /** the total, by the last milestone the customer reached; null: none yet */
    byMilestone: z.array(
      z.object({
        processId: z.string(),
        milestoneId: z.string().nullable(),
        opportunities: z.int().nonnegative(),
        /** open ones without an amount; they are valued at the mean order */
        withoutAmount: z.int().nonnegative(),
        expected: moneyText,
      }),
    ),
  }),
  future: moneyText,
  /** the target of the window; null where no plan covers it, and for weeks, segments and processes */
  quota: moneyText.nullable(),
  /** quota − mean; negative: more than the quota is forecast */
  gap: moneyText.nullable(),
  requiredNewOpportunities: requiredNewOpportunities.nullable(),
  /** false until 20 wins and 3 ended windows are known: the interval is wide and nobody should plan on it */
  enoughFacts: z.boolean(),
  /** what the figures stand on; `recordedUntil`: when the newest fact among them was stored */
  basis: z.object({ wins: z.int().nonnegative(), endedWindows: z.int().nonnegative(), recordedUntil: instant.nullable() }),
  /**
   * open opportunities whose amount is known but has no value in the reporting currency, by what is in the way; they are valued at the mean
   * order, as those without an amount. Absent where there is none, and for a snapshot
   */
  gaps: z.array(z.object({ reason: z.enum(['rate-missing', 'amount-too-large']), currency, opportunities: z.int().positive() })).optional(),
  /** null unless `since` was asked for */
  change: forecastChange.nullable(),
});
export type ForecastView = z.infer<typeof forecastView>;

/** The current week, month and quarter: what was forecast when each began, and what has come of it so far. */
export const progressView = z.object({
  node: forecastNode,
  asOf: instant,
  windows: z.array(
    z.object({
      window: forecastWindow,
      actual: moneyText,
      /** the snapshot of the first day; null where none was made */
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
  /** whether it spoke about 8 windows or more */
  claim: z.boolean().optional(),
  wape: ratio,
  /** the computed figures of the same windows */
  computedWape: ratio.optional(),
});

/** How good forecasts were that were made so far into their windows. */
const horizonGrades = z.object({
  horizon: forecastHorizon,
  windows: z.int().nonnegative(),
  /** forecasts of different nodes count one by one */
  forecasts: z.int().nonnegative(),
  /** from 8 windows on; before, the figures below are there to be looked at, not to be relied on */
  claim: z.boolean(),
  /** Σ |actual − mean| ÷ Σ actual */
  wape: ratio,
  /** Σ (mean − actual) ÷ Σ actual; positive: too much was promised */
  bias: ratio,
  /** the share of actuals within P10 … P90; 0.8 is honest */
  coverage: ratio,
  /** twice the mean pinball loss of P10, P50, P90, over the mean actual: the CRPS as far as three quantiles know it */
  quantileScore: z.number().nullable(),
  /** WAPE ÷ the least that the number and size of orders allows; null where there was no order */
  toFloor: z.number().nullable(),
  /** the bias is above 5 % and more than twice its standard error, over 8 windows or more */
  biased: z.boolean(),
  baselines: z.array(baselineGrade),
  /** managers' own figures, and the computed ones of the same windows */
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
   * The same for windows of history: forecast afterwards, from what was recorded by each day. They are never counted above; null while nothing
   * was replayed
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
  /** oldest first; the last one holds */
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
  /** once the window has ended: what was won, and how far each was off */
  outcome: z.object({ actual: moneyText, judgementError: moneyText, computedError: moneyText }).nullable(),
});
export type JudgementView = z.infer<typeof judgementView>;

export const stageProbabilitiesView = z.object({
  processId,
  probabilities: stageProbabilities,
  /** in force since that day; absent where they are since they were set */
  since: day.optional(),
});

export const replayView = z.object({
  requestedAt: instant,
  /** when the last replay that is shown was finished; null: none yet */
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

/** Share of a cohort that went on, with its two-sided 95 % bounds (Wilson). */
const conversion = cohortCount.extend({ share: ratio, low: z.number().nullable(), high: z.number().nullable() });

const dwell = z.object({ median: z.int().nonnegative(), p90: z.int().nonnegative() }).nullable();

export const leakView = z.object({
  processId,
  milestoneId: milestoneId.nullable(),
  nextMilestoneId: milestoneId,
  dimension: leakDimension,
  key: z.string(),
  /** days within which nine of ten of those go on who ever do */
  horizonDays: z.int().positive(),
  /** the newest cohorts that are old enough, as many of them as show the drop best (one to three); null: none is old enough */
  observed: conversion.nullable(),
  /** the up to twelve cohorts before them; null: fewer than four */
  reference: conversion.nullable(),
  /** how probable such a drop is by chance; null where there is nothing to compare or fewer than 30 entered */
  pValue: z.number().nullable(),
  leak: z.boolean(),
  value: moneyText.nullable(),
  missingEvidence: act.nullable(),
  /** days until customers went on: of the observed cohorts, and of the baseline */
  dwell: z.object({ observed: dwell, reference: dwell }),
  /** too young to be judged */
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
  /** the longest silent first, at most 100 */
  stalls: z.array(stallView),
  stalled: z.int().nonnegative(),
});
