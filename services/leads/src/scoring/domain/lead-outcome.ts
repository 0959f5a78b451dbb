import { addMillis, instant, leadId, sourceId, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';

/** The causes of an outcome, the strongest first. */
const cause = z.enum(['opportunity-won', 'opportunity-lost', 'disqualified']);

/** The outcome of a lead; stored once for each lead, so that nothing is learned twice. */
export const outcome = z.object({
  leadId,
  cause,
  endedAt: instant,
  /** what was predicted before it was learned; null probability: the score gave no answer yet */
  learned: z.object({ at: instant, sourceId, probability: z.number().nullable() }).nullable(),
});
export type LeadOutcome = z.infer<typeof outcome>;
export type ReceivedOutcome = Pick<LeadOutcome, 'leadId' | 'cause' | 'endedAt'>;

export const isWon = ({ cause: by }: Pick<LeadOutcome, 'cause'>): boolean => by === 'opportunity-won';

const rank = (one: ReceivedOutcome): number => cause.options.indexOf(one.cause);

/** For the same cause the first outcome counts; a disqualification can be undone, so there the last one counts. */
const isBefore = (a: ReceivedOutcome, b: ReceivedOutcome): boolean =>
  a.cause === 'disqualified' ? a.endedAt > b.endedAt : a.endedAt < b.endedAt;

/** The outcome after one more was received; the same in any order and repetition, until it is learned. */
export const mergeOutcome = (before: LeadOutcome | undefined, received: ReceivedOutcome): LeadOutcome => {
  const fresh: LeadOutcome = { ...received, learned: null };
  if (before === undefined) return fresh;
  if (before.learned !== null) return before;
  const difference = rank(received) - rank(before);
  return difference < 0 || (difference === 0 && isBefore(received, before)) ? fresh : before;
};

/** A disqualified lead may come back within this time; after it the lead counts as lost. */
const horizonMillis = 30 * 86_400_000;

/** The time from which an outcome may be learned. */
export const learnableFrom = ({ cause: by, endedAt }: ReceivedOutcome): Instant =>
  by === 'disqualified' ? addMillis(endedAt, horizonMillis) : endedAt;
