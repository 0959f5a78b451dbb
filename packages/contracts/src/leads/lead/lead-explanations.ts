import { instant, leadId } from '@meilenstein/kernel';
import * as z from 'zod';
import { bantSlot, disqualifyReason, recordedBant, stage } from '../qualification/qualification.ts';
import { grade } from '../qualification/scoring.ts';

const answer = z.enum(['yes', 'no', 'unknown']);

/** One rule about one field, what was seen of it and what follows. */
const reason = z.object({ rule: z.string(), answer, seen: z.string().nullable() });

/** A predicate as one sentence, its answer, and each rule that it is made of. */
const verdictView = z.object({ answer, rule: z.string(), reasons: z.array(reason) });
export type VerdictView = z.infer<typeof verdictView>;

/** Why a lead has its points now. */
const scoreExplanation = z.object({
  score: z.int(),
  grade,
  /** the sentence that a rep reads first */
  summary: z.string(),
  /** for who the person is, and for what the person does */
  fit: z.int(),
  engagement: z.int(),
  pointsVersion: z.int().positive(),
  rules: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['fit', 'engagement']),
      rule: z.string(),
      /** the value that was seen; null if nothing is known */
      seen: z.string().nullable(),
      /** now; 0 if it does not fire or has faded */
      points: z.int(),
      /** when it has just fired */
      worth: z.int(),
      /** how the points fade; null if they do not */
      decay: z.string().nullable(),
    }),
  ),
});
export type ScoreExplanation = z.infer<typeof scoreExplanation>;

const reached = z.object({ at: instant, criteriaVersion: z.int().positive() }).nullable();

/** Why a lead is, or is not, qualified. */
const qualificationExplanation = z.object({
  /** one sentence for each stage */
  summary: z.array(z.string()),
  criteriaVersion: z.int().positive(),
  /** the stages that it reached, and by which version of the criteria; they stay reached */
  mql: reached,
  sql: reached,
  /** what the criteria in force say now */
  now: z.object({
    stage: stage.nullable(),
    category: z.string().nullable(),
    mql: verdictView,
    intent: verdictView.nullable(),
    fit: verdictView.nullable(),
  }),
});
export type QualificationExplanation = z.infer<typeof qualificationExplanation>;

/** The learned score of this lead; shown beside the points, never instead of them. */
const learnedScoreView = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('not-enough-outcomes'),
    /** for people */ summary: z.string(),
    won: z.int(),
    lost: z.int(),
    needed: z.int(),
  }),
  z.object({
    status: z.literal('scored'),
    summary: z.string(),
    /** of being won */
    probability: z.number().min(0).max(1),
    /** added to the log-odds by each field's value, the strongest first; `start` is what every lead begins with */
    start: z.number(),
    contributions: z.array(z.object({ field: z.string(), value: z.string().nullable(), weight: z.number() })),
    /** what earlier predictions of this height were too low by, in log-odds; start, contributions and this together are those of `probability` */
    recalibration: z.number(),
  }),
]);
export type LearnedScoreView = z.infer<typeof learnedScoreView>;

export const leadExplanation = z.object({
  /** null while no table of points was published, or the lead was not scored by it */
  scoring: scoreExplanation.nullable(),
  /** null while no criteria were published */
  qualification: qualificationExplanation.nullable(),
  bant: z.partialRecord(bantSlot, recordedBant),
  /** null unless the lead is disqualified */
  disqualification: z.object({ reason: disqualifyReason, at: instant, note: z.string().nullable() }).nullable(),
  learned: learnedScoreView,
});

const measures = z.object({
  leads: z.int().nonnegative(),
  won: z.int().nonnegative(),
  auc: z.number().nullable(),
  logLoss: z.number().nullable(),
  /** of always predicting the share that was won: what a score must beat */
  baseLogLoss: z.number().nullable(),
  calibrationError: z.number().nullable(),
});

/** The learned score as a whole: its weights, and how well its predictions came true. */
export const learnedModelView = z.object({
  status: z.enum(['not-enough-outcomes', 'scoring']),
  won: z.int().nonnegative(),
  lost: z.int().nonnegative(),
  /** of each, before it says anything */
  needed: z.int(),
  /** the heaviest first */
  weights: z.array(z.object({ name: z.string(), weight: z.number(), leads: z.int() })).max(200),
  /** fields that are filled because the end is known; they enter no score */
  excludedFields: z.array(z.object({ field: z.string(), filled: z.int(), late: z.int() })),
  /** of the predictions that were made before the end was learned, the latest 5,000 */
  measures: z.object({ all: measures, bySource: z.record(z.string(), measures) }),
});

/** What lists call the lead: the person, or else the company or the e-mail address. Null after erasure, and for who may not see leads. */
const leadTitle = z.string().nullable();

/** A lead that a candidate would have scored differently. */
export const scoreDifference = z.object({
  leadId,
  title: leadTitle,
  /** when the decision was made that is repeated here */
  decidedAt: instant,
  before: z.object({ score: z.int(), grade, pointsVersion: z.int().positive() }).nullable(),
  after: z.object({ score: z.int(), grade }),
  explanation: scoreExplanation.shape.rules,
});

const stages = z.object({ mql: instant.nullable(), sql: instant.nullable() });

export const qualificationDifference = z.object({
  leadId,
  title: leadTitle,
  before: stages,
  after: stages,
  /** what the candidate says at the moment of a stage, otherwise at the last decision */
  explanation: qualificationExplanation.shape.now,
});

/** One page of a rehearsal: those of the examined leads that would differ. */
export const rehearsalOf = <Difference extends z.ZodType>(difference: Difference) =>
  z.object({
    /** the version in force that the candidate is compared with; 0: none */
    version: z.int().nonnegative(),
    from: instant,
    examined: z.int().nonnegative(),
    items: z.array(difference),
    next: z.string().nullable(),
  });

export const segmentPreview = z.object({
  size: z.int().nonnegative(),
  total: z.int().nonnegative(),
  /** leads whose deciding values are unknown; they are not in the segment */
  undecided: z.int().nonnegative(),
  examples: z.array(leadId).max(10),
  overlaps: z.array(
    z.object({
      segmentId: z.string(),
      name: z.string(),
      size: z.int().nonnegative(),
      shared: z.int().nonnegative(),
      /** of the candidate; null where it is empty */
      share: z.number().nullable(),
    }),
  ),
  from: instant,
  /** false if there are more leads than were examined: then the newest of each owner count */
  complete: z.boolean(),
});
