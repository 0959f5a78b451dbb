import { currency, day, instant, opportunityId, processId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type FactOf } from '../define-event.ts';
import { act, milestoneId } from '../pipeline/events.ts';

const owner = 'forecast';

export const forecastLevel = z.enum(['company', 'team', 'rep', 'segment', 'process']);

/** Who or what a forecast is about. The company's key is `company`; opportunities without a segment are together in `none`. */
export const forecastNode = z.object({ level: forecastLevel, key: z.string().min(1).max(80) });
export type ForecastNode = z.infer<typeof forecastNode>;

export const windowKind = z.enum(['week', 'month', 'quarter']);
export type WindowKind = z.infer<typeof windowKind>;

export const forecastWindow = z.object({ kind: windowKind, label: z.string(), from: day, until: day });
export type ForecastWindow = z.infer<typeof forecastWindow>;

/** One forecast: a distribution of what will be won in a window, in minor units of the reporting currency. */
const forecastFigures = z.object({
  mean: z.int(),
  p10: z.int(),
  p50: z.int(),
  p90: z.int(),
  /** won already inside the window; booked + existing + future = mean */
  booked: z.int(),
  existing: z.int(),
  future: z.int(),
});

/** Open opportunities at one milestone; `expected` in minor units. */
const existingAtMilestone = z.object({
  processId: z.string().min(1),
  milestoneId: milestoneId.nullable(),
  opportunities: z.int().nonnegative(),
  withoutAmount: z.int().nonnegative(),
  expected: z.int(),
});

/** What simpler methods said on the same day, in minor units; null where they had nothing to go by. */
const baselineFigures = z.object({
  /** the mean of the ended windows of the same kind */
  runRate: z.int().nullable(),
  /** booked + amount × the company's own fixed probability of the milestone: what most systems do; null where none are set */
  stageWeighted: z.int().nullable(),
  /** booked + amount × the probability that a rep gave in a former system, by the day on which the order was expected; null where less
   * than half of what is open carries them */
  repEstimates: z.int().nullable(),
});
export type BaselineFigures = z.infer<typeof baselineFigures>;

/** How a forecast came about, kept so that it can be explained and learnt from; amounts in minor units, without what was booked. */
const forecastMethod = z.object({
  /** what each expert said; absent: nothing */
  experts: z.record(z.string(), z.number()),
  /** the standard deviation of the flow, before any widening */
  deviation: z.number().nonnegative(),
  /** orders that were known when it was made */
  wins: z.number(),
  /** the remaining mean ÷ what the flow alone said */
  factor: z.number(),
  /** expected wins of opportunities that did not exist yet, and what one opened on that day would bring */
  futureWins: z.number(),
  worthOfNew: z.number(),
});

export const forecastPublished = defineEvent({
  name: 'ForecastPublished',
  owner,
  version: 1,
  meaning: 'The forecast of one node for one window as it was on a day; it is never changed.',
  data: z.object({
    /** the day of the snapshot, in the company's zone */
    day,
    asOf: instant,
    node: forecastNode,
    window: forecastWindow,
    currency,
    figures: forecastFigures,
    enoughFacts: z.boolean(),
    /** `existing` by the last milestone the customer reached; null: none yet */
    existingByMilestone: z.array(existingAtMilestone),
    basis: z.object({ wins: z.int().nonnegative(), endedWindows: z.int().nonnegative(), recordedUntil: instant.nullable() }),
    baselines: baselineFigures.optional(),
    method: forecastMethod.optional(),
  }),
});

/** How far into the window a forecast was made. */
export const forecastHorizon = z.enum(['start', 'middle', 'last-week', 'other']);
export type ForecastHorizon = z.infer<typeof forecastHorizon>;

export const forecastGraded = defineEvent({
  name: 'ForecastGraded',
  owner,
  version: 1,
  meaning: 'A window ended: what a forecast of it had said, beside what was won, what simpler methods said and what the manager said.',
  data: z.object({
    /** the day of the forecast */
    day,
    node: forecastNode,
    window: forecastWindow,
    horizon: forecastHorizon,
    currency,
    /** won in the window less cancelled in it, as recorded when it was graded */
    actual: z.int(),
    mean: z.int(),
    p10: z.int(),
    p50: z.int(),
    p90: z.int(),
    enoughFacts: z.boolean(),
    baselines: baselineFigures,
    /** the manager's figure on the day of the forecast; null: none */
    judgement: z.int().nullable(),
    /** root of the sum of the squared orders: with 0.798 times that even a perfect method errs */
    spread: z.int().nonnegative(),
  }),
});

export const judgementMade = defineEvent({
  name: 'JudgementMade',
  owner,
  version: 1,
  meaning: 'A manager set an own figure beside the computed forecast of a node and window; the computed one does not know it.',
  data: z.object({
    node: forecastNode,
    window: forecastWindow,
    /** from 1 for each node and window */
    judgementVersion: z.int().positive(),
    currency,
    minor: z.int(),
    /** null where the caller is not in the organisation */
    madeBy: repId.nullable(),
    /** the computed mean at that moment */
    computed: z.int(),
  }),
  confidential: z.object({ reason: z.string().min(1).max(2000) }),
});

/** What a company's former system said of each milestone, in percent; null: opened, nothing reached yet. */
export const stageProbabilities = z
  .array(z.object({ milestoneId: milestoneId.nullable(), percent: z.number().min(0).max(100) }))
  .min(1)
  .max(31);

export const stageProbabilitiesSet = defineEvent({
  name: 'StageProbabilitiesSet',
  owner,
  version: 1,
  meaning: 'The fixed probabilities that a company used before. They are only graded as a baseline; no forecast reads them.',
  data: z.object({
    processId,
    probabilities: stageProbabilities,
    /** in force since that day, also one before they were set here; absent: since they were set */
    since: day.optional(),
  }),
});

export const replayRequested = defineEvent({
  name: 'ReplayRequested',
  owner,
  version: 1,
  meaning:
    'How good would the forecasts of the recorded history have been? Somebody asked, or a night found history that nobody had forecast.',
  data: z.object({
    /** from 1 */
    run: z.int().positive(),
  }),
});

export const historyReplayed = defineEvent({
  name: 'HistoryReplayed',
  owner,
  version: 1,
  meaning:
    'The history was forecast again from what was recorded by each day, and graded; these grades stand apart from those of forecasts that were made.',
  data: z.object({
    run: z.int().positive(),
    /** the day of the first fact that was recorded; null: there was none */
    firstDay: day.nullable(),
    /** ended windows that were graded, by kind */
    windows: z.object({ week: z.int().nonnegative(), month: z.int().nonnegative(), quarter: z.int().nonnegative() }),
    /** forecasts of different nodes and days count one by one */
    forecasts: z.int().nonnegative(),
  }),
});

export const leakDimension = z.enum(['process', 'segment', 'team']);

/** Customers who entered a milestone in a period, and how many went on to the next one or beyond within the horizon. */
export const cohortCount = z.object({ from: day, until: day, entries: z.int().nonnegative(), reached: z.int().nonnegative() });

export const leakFound = defineEvent({
  name: 'LeakFound',
  owner,
  version: 1,
  meaning: 'Fewer customers than before go on from a milestone, and that is hardly chance.',
  data: z.object({
    processId,
    /** null: opened, nothing reached yet */
    milestoneId: milestoneId.nullable(),
    nextMilestoneId: milestoneId,
    dimension: leakDimension,
    /** the process, segment or team */
    key: z.string().min(1).max(80),
    horizonDays: z.int().positive(),
    observed: cohortCount,
    reference: cohortCount,
    pValue: z.number().min(0).max(1),
    currency,
    /** (baseline − observed) × entries × mean order × conversion from there to the order; null before the first order */
    value: z.int().nonnegative().nullable(),
    /** the kind of evidence whose share among the entries fell most; null where none fell */
    missingEvidence: act.nullable(),
  }),
});

export const opportunityStalled = defineEvent({
  name: 'OpportunityStalled',
  owner,
  version: 1,
  meaning: 'A customer has done nothing for longer than nine of ten who went on from there. What we do ourselves does not count.',
  data: z.object({
    opportunityId,
    processId,
    milestoneId: milestoneId.nullable(),
    segment: z.string().nullable(),
    repId,
    teamId,
    lastEvidenceAt: instant,
    days: z.int().nonnegative(),
    /** the 90th percentile of the days of those who went on */
    usualDays: z.int().nonnegative(),
  }),
});

export const forecastEvents = [
  forecastPublished,
  forecastGraded,
  judgementMade,
  stageProbabilitiesSet,
  leakFound,
  opportunityStalled,
  replayRequested,
  historyReplayed,
] as const;
export type ForecastFact = FactOf<typeof forecastPublished | typeof forecastGraded>;
export type JudgementFact = FactOf<typeof judgementMade>;
export type StageProbabilitiesFact = FactOf<typeof stageProbabilitiesSet>;
export type ReplayFact = FactOf<typeof replayRequested | typeof historyReplayed>;
export type LeakFact = FactOf<typeof leakFound>;
export type StallFact = FactOf<typeof opportunityStalled>;
