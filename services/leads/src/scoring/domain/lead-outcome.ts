import { addMillis, instant, leadId, sourceId, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';

/** How a lead ended, from the strongest word to the weakest. */
const cause = z.enum(['opportunity-won', 'opportunity-lost', 'disqualified']);

/** The end of a lead as it was heard; kept once for each lead, so that nothing is learned twice. */
export const outcome = z.object({
  leadId,
  cause,
  endedAt: instant,
  /** what was predicted before it was learned; null probability: the score was still silent */
  learned: z.object({ at: instant, sourceId, probability: z.number().nullable() }).nullable(),
});
export type LeadOutcome = z.infer<typeof outcome>;
export type ReceivedOutcome = Pick<LeadOutcome, 'leadId' | 'cause' | 'endedAt'>;

export const isWon = ({ cause: by }: Pick<LeadOutcome, 'cause'>): boolean => by === 'opportunity-won';

const rank = (one: ReceivedOutcome): number => cause.options.indexOf(one.cause);

/** Of one cause the first word counts; giving a lead up can be taken back, so of that the last one does. */
const isBefore = (a: ReceivedOutcome, b: ReceivedOutcome): boolean =>
  a.cause === 'disqualified' ? a.endedAt > b.endedAt : a.endedAt < b.endedAt;

/** What is known of an end after one more word about it; the same in any order and repetition, until it is learned. */
export const mergeOutcome = (before: LeadOutcome | undefined, received: ReceivedOutcome): LeadOutcome => {
  const fresh: LeadOutcome = { ...received, learned: null };
  if (before === undefined) return fresh;
  if (before.learned !== null) return before;
  const difference = rank(received) - rank(before);
  return difference < 0 || (difference === 0 && isBefore(received, before)) ? fresh : before;
};

/** Who was given up may come back within this time; after it the lead counts as lost. */
const horizonMillis = 30 * 86_400_000;

/** From when on an end may be learned. */
export const learnableFrom = ({ cause: by, endedAt }: ReceivedOutcome): Instant =>
  by === 'disqualified' ? addMillis(endedAt, horizonMillis) : endedAt;
