import { stage } from '@meilenstein/contracts';
import { instant, laterOf, repId, sourceId, teamId, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';

const owner = z.object({ repId: repId.nullable(), teamId: teamId.nullable() });
const times = { occurredAt: instant, recordedAt: instant };

/** Later events of a lead, each with its own `recordedAt`, so that a cut-off can leave it out. */
const journey = {
  converted: z.object(times).nullable(),
  mql: z.object(times).nullable().default(null),
  sql: z.object(times).nullable().default(null),
  /** -1: the lead was found to be the same person as another lead; 1: that was undone; in the order of the decisions */
  merges: z.array(z.object({ recordedAt: instant, by: z.union([z.literal(1), z.literal(-1)]) })),
};

/** The origin of a lead. */
const from = { sourceId: sourceId.nullable().default(null), /** country code */ market: z.string().nullable().default(null) };

/** A lead reached a stage. A lead that is found to be a known person is subtracted in the period of the finding. */
const reachedStage = { ...times, stage, by: z.union([z.literal(1), z.literal(-1)]), isFirst: z.boolean(), ...from, ...journey };

/** A fact that reports count. It belongs to exactly one period: see `countsAt`. */
export const reportFact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lead'), ...times, ...from, ...journey }),
  /** a lead was assigned for the first time; teams and reps count it from then on */
  z.object({ kind: z.literal('assigned-lead'), ...times, owner, ...journey }),
  /** two leads were found to be one person, or that was undone; `owner`: the owner at that time */
  z.object({ kind: z.literal('merge'), ...times, owner: owner.nullable(), by: z.union([z.literal(1), z.literal(-1)]) }),
  z.object({ kind: z.literal('stage'), ...reachedStage }),
  /** the same for the owner at that time, or else the first owner */
  z.object({ kind: z.literal('assigned-stage'), owner, ...reachedStage }),
  z.object({ kind: z.literal('touchpoint'), ...times }),
  z.object({ kind: z.literal('quarantined'), ...times }),
  z.object({ kind: z.literal('milestone'), ...times, owner, processId: z.string(), milestoneId: z.string(), position: z.int() }),
  /** the evidence of a milestone was withdrawn; `owner`: the one for whom it counted */
  z.object({ kind: z.literal('milestone-withdrawn'), ...times, owner, processId: z.string(), milestoneId: z.string(), position: z.int() }),
  z.object({
    /** an opportunity with its later events */
    kind: z.literal('opportunity'),
    ...times,
    owner,
    sourceId: sourceId.nullable(),
    won: z.object(times).nullable(),
    cancelled: z.object(times).nullable(),
    /** each order (1) and its cancellation (-1), in the order of the events; empty in facts of older versions */
    orders: z.array(z.object({ recordedAt: instant, by: z.union([z.literal(1), z.literal(-1)]) })).default([]),
  }),
  z.object({ kind: z.literal('won'), ...times, owner, minor: z.int() }),
  /** an order was corrected or a part of it cancelled: what its owner has more, or less where it is negative */
  z.object({ kind: z.literal('corrected'), ...times, owner, minor: z.int() }),
  z.object({ kind: z.literal('lost'), ...times, owner }),
  /** a loss does not count any more; `owner`: the one for whom it counted */
  z.object({ kind: z.literal('loss-withdrawn'), ...times, owner }),
  z.object({ kind: z.literal('cancelled'), ...times, owner, minor: z.int() }),
  z.object({ kind: z.literal('credit'), ...times, owner, minor: z.int() }),
  z.object({
    /** a response deadline of a lead; it occurs at the deadline */
    kind: z.literal('deadline'),
    ...times,
    owner,
    answers: z.array(z.object(times)),
    /** when the deadline ended without an answer: the lead was converted, disqualified, erased or merged */
    ended: z.object(times).nullable(),
  }),
  z.object({
    kind: z.literal('answer'),
    ...times,
    owner,
    sourceId,
    market: z.string().nullable(),
    waitedMillis: z.int(),
    firstKnownAt: instant,
    /** since when an earlier answer is known; null where this is the first */
    supersededAt: instant.nullable(),
  }),
  /** `absorbedAt`: since when the lead is known to be the same person as another lead; null where it counts */
  z.object({ kind: z.literal('qualified'), ...times, owner, stage, segments: z.array(z.string()), absorbedAt: instant.nullable() }),
  z.object({
    /** a volume commitment of marketing; it occurs at the beginning of its month in UTC */
    kind: z.literal('commitment'),
    ...times,
    month: z.string(),
    segmentId: z.string().nullable(),
    stage,
    committed: z.int(),
    /** since when a newer version of the month's commitment is known */
    supersededAt: instant.nullable(),
  }),
]);
export type ReportFact = z.infer<typeof reportFact>;
export type FactKind = ReportFact['kind'];

/**
 * The instant that decides the period of a fact: in general, when the company knew it. A deadline in the future counts at the deadline, a
 * volume commitment in its month, and an answered lead once, when its first answer became known.
 */
export const countsAt = (fact: ReportFact): Instant => {
  if (fact.kind === 'commitment') return fact.occurredAt;
  if (fact.kind === 'answer') return fact.firstKnownAt;
  return fact.kind === 'deadline' ? laterOf(fact.occurredAt, fact.recordedAt) : fact.recordedAt;
};
