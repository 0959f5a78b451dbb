import { instant, moneyText, processId, repId, sourceId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { milestoneId } from './events.ts';

/** A bound in whole units of the reporting currency. */
const bound = z.string().regex(/^\d{1,12}$/, 'a bound is a whole number such as "5000"');

/** What lists and the board have in common, so that both show the same opportunities. */
export const opportunityFilter = {
  process: processId.optional(),
  owner: repId.optional(),
  /** with the teams below it */
  team: teamId.optional(),
  /** `none`: without a segment */
  segment: z.string().min(1).max(60).optional(),
  source: sourceId.optional(),
  /** in the reporting currency, both included; opportunities without an amount match neither */
  minAmount: bound.optional(),
  maxAmount: bound.optional(),
  /** the default is `newest`; `silence`: the longest first; opportunities without an amount or a name come last */
  sort: z.enum(['newest', 'oldest', 'largest', 'smallest', 'account', 'silence']).optional(),
  /** whether the customer has been silent for longer than nine in ten of those who went on */
  stalled: z.enum(['true', 'false']).optional(),
};

/** The furthest milestone that the customer has reached; `none`: no milestone yet. */
export const reachedMilestone = z.union([z.literal('none'), milestoneId]);

/** What the filters leave, over all pages. */
export const opportunityTotal = z.object({
  count: z.int().nonnegative(),
  /** in the reporting currency, without those that have no amount or no rate; null until there are settings */
  sum: moneyText.nullable(),
  /** how many are missing in the sum */
  withoutAmount: z.int().nonnegative(),
});

/** How long the customer of an open opportunity has done, said or written nothing. What the seller does does not count. */
export const silence = z.object({
  /** when the last act of the customer was recorded, or the opportunity was opened */
  since: instant,
  days: z.int().nonnegative(),
  /** within these days nine in ten of those went on that ever did; null if too few are known */
  usualDays: z.int().nonnegative().nullable(),
  isStalled: z.boolean(),
});
