import { currency, day, instant, opportunityId, processId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type FactOf } from '../define-event.ts';
import { act, milestoneId } from '../pipeline/events.ts';

const owner = 'forecast';

export const forecastLevel = z.enum(['company', 'team', 'rep', 'segment', 'process']);

/** The subject of a forecast. The company's key is `company`; the segment `none` holds opportunities without a segment. */
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
  /** already won in the window; booked + existing + future = mean */
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

/** The figures of simpler methods on the same day, in minor units; null where a method has no data. */
const baselineFigures = z.object({
  /** the mean of the ended windows of the same kind */
  runRate: z.int().nullable(),
  /** booked + Σ amount × the company's fixed probability of the milestone, as most systems do; null if none are set */
  stageWeighted: z.int().nullable(),
  /** booked + Σ amount × the probability that a rep gave in a former system, by the expected day of the order; null if less than half of
   * the open opportunities have one */
  repEstimates: z.int().nullable(),
});
export type BaselineFigures = z.infer<typeof baselineFigures>;

/** How a forecast was made, kept for explanations and for training. Amounts in minor units, without what was booked. */
const forecastMethod = z.object({
  /** each expert's figure; absent where an expert had no data */
  experts: z.record(z.string(), z.number()),
  /** the standard deviation of the flow, before any widening */
  deviation: z.number().nonnegative(),
  /** orders that were known when it was made */
  wins: z.number(),
  /** the remaining mean ÷ the mean of the flow alone */
  factor: z.number(),
  /** expected wins of opportunities that did not exist yet, and what one opened on that day brings */
  futureWins: z.number(),
  worthOfNew: z.number(),
});

export const forecastPublished = defineEvent({
  name: 'ForecastPublished',
  owner,
  version: 1,
  meaning: 'A forecast of one node for one window was published. It never changes.',
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
  meaning: 'A window ended, and one of its forecasts was graded: its figures beside the actual, the baselines and the manager’s judgement.',
  data: z.object({
    /** the day of the forecast */
    day,
    node: forecastNode,
    window: forecastWindow,
    horizon: forecastHorizon,
    currency,
    /** orders less cancellations in the window, as recorded when it was graded */
    actual: z.int(),
    mean: z.int(),
    p10: z.int(),
    p50: z.int(),
    p90: z.int(),
    enoughFacts: z.boolean(),
    baselines: baselineFigures,
    /** the manager's figure on the day of the forecast; null: none */
    judgement: z.int().nullable(),
    /** square root of the sum of the squared orders; 0.798 times this is the mean error of a perfect method */
    spread: z.int().nonnegative(),
  }),
});

export const judgementMade = defineEvent({
  name: 'JudgementMade',
  owner,
  version: 1,
  meaning: 'A manager set a judgement beside the computed forecast of a node and window. It does not enter the forecast.',
  data: z.object({
    node: forecastNode,
    window: forecastWindow,
    /** from 1 for each node and window */
    judgementVersion: z.int().positive(),
    currency,
    minor: z.int(),
    /** null if the caller is not in the organisation */
    madeBy: repId.nullable(),
    /** the computed mean at that time */
    computed: z.int(),
  }),
  confidential: z.object({ reason: z.string().min(1).max(2000) }),
});

/** The probability of each milestone in a company's former system, in percent; null: opened, no milestone reached yet. */
export const stageProbabilities = z
  .array(z.object({ milestoneId: milestoneId.nullable(), percent: z.number().min(0).max(100) }))
  .min(1)
  .max(31);

export const stageProbabilitiesSet = defineEvent({
  name: 'StageProbabilitiesSet',
  owner,
  version: 1,
  meaning: 'The fixed probabilities that a company used before were set. They are only graded as a baseline; no forecast reads them.',
  data: z.object({
    processId,
    probabilities: stageProbabilities,
    /** in force since that day, which may be earlier than the day of setting; absent: since they were set */
    since: day.optional(),
  }),
});

export const replayRequested = defineEvent({
  name: 'ReplayRequested',
  owner,
  version: 1,
  meaning: 'A replay of the recorded history was requested, by a person or by the nightly grading.',
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
    'The history was forecast again from what was recorded by each day, and graded. These grades stand apart from those of real forecasts.',
  data: z.object({
    run: z.int().positive(),
    /** the day of the first recorded fact; null: none */
    firstDay: day.nullable(),
    /** ended windows that were graded, by kind */
    windows: z.object({ week: z.int().nonnegative(), month: z.int().nonnegative(), quarter: z.int().nonnegative() }),
    /** the number of forecasts; those of different nodes and days count separately */
    forecasts: z.int().nonnegative(),
  }),
});

export const leakDimension = z.enum(['process', 'segment', 'team']);

/** How many customers entered a milestone in a period, and how many of them went on within the horizon. */
export const cohortCount = z.object({ from: day, until: day, entries: z.int().nonnegative(), reached: z.int().nonnegative() });

export const leakFound = defineEvent({
  name: 'LeakFound',
  owner,
  version: 1,
  meaning: 'Fewer customers than before go on from a milestone, and chance hardly explains it.',
  data: z.object({
    processId,
    /** null: opened, no milestone reached yet */
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
    /** (reference − observed) × entries × mean order × conversion from there to the order; null before the first order */
    value: z.int().nonnegative().nullable(),
    /** the kind of evidence whose share per entry fell most; null if none fell */
    missingEvidence: act.nullable(),
  }),
});

export const opportunityStalled = defineEvent({
  name: 'OpportunityStalled',
  owner,
  version: 1,
  meaning:
    'A customer has been silent for longer than nine in ten who went on from the same milestone. What the seller does does not count.',
  data: z.object({
    opportunityId,
    processId,
    milestoneId: milestoneId.nullable(),
    segment: z.string().nullable(),
    repId,
    teamId,
    lastEvidenceAt: instant,
    days: z.int().nonnegative(),
    /** the 90th percentile of the days of those that went on */
    usualDays: z.int().nonnegative(),
  }),
});

/** Customers who went on: how many, the days of half of them, and the days of nine in ten. */
const dwellDays = z.object({ wentOn: z.int().positive(), medianDays: z.int().nonnegative(), usualDays: z.int().nonnegative() });

export const dwellMeasured = defineEvent({
  name: 'DwellMeasured',
  owner,
  version: 1,
  meaning: 'How many days customers take to go on from the milestones of a process was measured, and differs from before.',
  data: z.object({
    processId,
    milestones: z.array(
      z.object({
        /** null: opened, no milestone reached yet */
        milestoneId: milestoneId.nullable(),
        /** of the whole process; null if fewer than 30 went on */
        process: dwellDays.nullable(),
        /** of the segments from which 30 or more went on; they count before the process */
        segments: z.array(dwellDays.extend({ segment: z.string().nullable() })),
      }),
    ),
  }),
});

export const forecastEvents = [
  forecastPublished,
  forecastGraded,
  judgementMade,
  stageProbabilitiesSet,
  leakFound,
  opportunityStalled,
  dwellMeasured,
  replayRequested,
  historyReplayed,
] as const;
export type ForecastFact = FactOf<typeof forecastPublished | typeof forecastGraded>;
export type JudgementFact = FactOf<typeof judgementMade>;
export type StageProbabilitiesFact = FactOf<typeof stageProbabilitiesSet>;
export type ReplayFact = FactOf<typeof replayRequested | typeof historyReplayed>;
export type LeakFact = FactOf<typeof leakFound>;
export type StallFact = FactOf<typeof opportunityStalled>;
export type DwellFact = FactOf<typeof dwellMeasured>;
