import { stage } from '@meilenstein/contracts';
import { instant, laterOf, repId, sourceId, teamId, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';

const owner = z.object({ repId: repId.nullable(), teamId: teamId.nullable() });
const times = { occurredAt: instant, recordedAt: instant };

/** What became of a lead later, each with its own `recordedAt`, so that a cut-off can leave it out. */
const journey = {
  converted: z.object(times).nullable(),
  mql: z.object(times).nullable().default(null),
  sql: z.object(times).nullable().default(null),
  /** -1: it is known to be another lead's person; 1: it is known to be one of its own again; in the order of the decisions */
  merges: z.array(z.object({ recordedAt: instant, by: z.union([z.literal(1), z.literal(-1)]) })),
};

/** Where a lead came from. */
const from = { sourceId: sourceId.nullable().default(null), /** country code */ market: z.string().nullable().default(null) };

/** A lead reached a stage. A person who is found to be known takes it off again in the period of the finding. */
const reachedStage = { ...times, stage, by: z.union([z.literal(1), z.literal(-1)]), isFirst: z.boolean(), ...from, ...journey };

/** One countable thing. It belongs to one period and never to none: see `countsAt`. */
export const countable = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lead'), ...times, ...from, ...journey }),
  /** a lead came to its first owner; for team and rep it counts from here on */
  z.object({ kind: z.literal('given-lead'), ...times, owner, ...journey }),
  /** two leads are known to be one person, or two again; `owner`: who had the lead by then */
  z.object({ kind: z.literal('merge'), ...times, owner: owner.nullable(), by: z.union([z.literal(1), z.literal(-1)]) }),
  z.object({ kind: z.literal('stage'), ...reachedStage }),
  /** the same for whoever had the lead then, or got it first */
  z.object({ kind: z.literal('given-stage'), owner, ...reachedStage }),
  z.object({ kind: z.literal('touchpoint'), ...times }),
  z.object({ kind: z.literal('quarantined'), ...times }),
  z.object({ kind: z.literal('milestone'), ...times, owner, processId: z.string(), milestoneId: z.string(), position: z.int() }),
  z.object({
    /** an opportunity, and what became of it later */
    kind: z.literal('opportunity'),
    ...times,
    owner,
    sourceId: sourceId.nullable(),
    won: z.object(times).nullable(),
    cancelled: z.object(times).nullable(),
  }),
  z.object({ kind: z.literal('won'), ...times, owner, minor: z.int() }),
  z.object({ kind: z.literal('lost'), ...times, owner }),
  z.object({ kind: z.literal('cancelled'), ...times, owner, minor: z.int() }),
  z.object({ kind: z.literal('credit'), ...times, owner, minor: z.int() }),
  z.object({
    /** what sales promised to a lead; it occurs when it is due */
    kind: z.literal('due'),
    ...times,
    owner,
    answers: z.array(z.object(times)),
    /** since when nothing more was owed, because the lead was converted, given up or gone */
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
    /** since when an earlier answer is known; null: this is the first */
    supersededAt: instant.nullable(),
  }),
  /** `absorbedAt`: since when the lead is known to be another one’s person; null: it counts */
  z.object({ kind: z.literal('qualified'), ...times, owner, stage, segments: z.array(z.string()), absorbedAt: instant.nullable() }),
  z.object({
    /** what marketing promised; it occurs when its month begins, in UTC */
    kind: z.literal('promise'),
    ...times,
    month: z.string(),
    segmentId: z.string().nullable(),
    stage,
    committed: z.int(),
    /** since when another version of the month's promise is known */
    supersededAt: instant.nullable(),
  }),
]);
export type Countable = z.infer<typeof countable>;
export type Kind = Countable['kind'];

/**
 * The instant whose period a fact belongs to: when the company knew it. What is due in the future counts when it is due, a promise
 * in its month, whenever it was made, and an answered lead once, when its first answer became known.
 */
export const countsAt = (fact: Countable): Instant => {
  if (fact.kind === 'promise') return fact.occurredAt;
  if (fact.kind === 'answer') return fact.firstKnownAt;
  return fact.kind === 'due' ? laterOf(fact.occurredAt, fact.recordedAt) : fact.recordedAt;
};
