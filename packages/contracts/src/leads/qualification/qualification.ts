import { day, instant, predicate } from '@meilenstein/kernel';
import * as z from 'zod';
import { plainText } from '../../fragments.ts';

/** Qualified by marketing (interest) or by sales (clear intent and the profile of an ideal customer). */
export const stage = z.enum(['mql', 'sql']);
export type Stage = z.infer<typeof stage>;

const categoryId = z.string().regex(/^[a-z0-9-]{1,40}$/, 'has 1 to 40 small letters, digits or -, such as old-crm');

/** What leads have in common, such as a problem with the price; the first that is true. Each may have a follow-up plan. */
const leadCategory = z.strictObject({ id: categoryId, title: z.string().min(1).max(80), when: predicate });

/** When a lead is qualified. `intent` and `fit` are optional only so that the refusal can explain why both are needed. */
export const criteria = z.strictObject({
  mql: predicate,
  sql: z.strictObject({ intent: predicate.optional(), fit: predicate.optional() }),
  categories: z.array(leadCategory).max(50).default([]),
});
export type Criteria = z.output<typeof criteria>;

export const bantSlot = z.enum(['budget', 'authority', 'need', 'timing']);
export type BantSlot = z.infer<typeof bantSlot>;

/** What the customer said, its evidence (an e-mail, a call, a submission), and the day. */
export const bantAnswer = z.object({ value: z.string().max(500), evidence: z.string().max(300), on: day });
export type BantAnswer = z.infer<typeof bantAnswer>;

/** An answer and when it was recorded. */
export const recordedBant = bantAnswer.extend({ recordedAt: instant });

/** An answer as the API receives it; a missing part is refused with the reason why it is needed. */
export const bantDraft = z.strictObject({
  value: plainText(500).optional(),
  evidence: plainText(300).optional(),
  on: day.optional(),
});

/** Why a lead is disqualified. */
export const disqualifyReason = z.enum([
  'no-fit',
  'no-need',
  'no-budget',
  'no-authority',
  'bad-timing',
  'price-problem',
  'chose-competitor',
  'not-reachable',
  'not-a-lead',
]);
export type DisqualifyReason = z.infer<typeof disqualifyReason>;
