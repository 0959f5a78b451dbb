import { itemLimits } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';
import * as z from 'zod';
import type { ScoreFacts } from './learned-score-features.ts';

/** A value and when its field was first filled. */
export type DatedFact = { readonly value: string; readonly firstFilledAt: Instant };
export type DatedFacts = Readonly<Record<string, DatedFact>>;

/** For how many closed leads a field was filled, and for how many only once the outcome was known. */
export const fillCounts = z.record(z.string(), z.object({ filled: z.int().nonnegative(), late: z.int().nonnegative() }));
export type FillCounts = z.infer<typeof fillCounts>;

/** One late value in twenty is an accident; with more, the field reveals the outcome. */
const maxLateShare = 0.05;

/**
 * The counts after one more outcome. A field filled at the very time of the outcome counts as filled late. Beyond so many fields, further ones
 * are not counted: forms may name as many as they like.
 */
export const countFills = (before: FillCounts, facts: DatedFacts, endedAt: Instant): FillCounts => {
  const counts = new Map(Object.entries(before));
  for (const [field, { firstFilledAt }] of Object.entries(facts)) {
    const { filled, late } = counts.get(field) ?? { filled: 0, late: 0 };
    if (counts.has(field) || counts.size < itemLimits.countedFields)
      counts.set(field, { filled: filled + 1, late: late + (firstFilledAt >= endedAt ? 1 : 0) });
  }
  return Object.fromEntries(counts);
};

/** The facts whose fields are counted: of others nobody knows whether they are filled because the outcome is known. */
export const countedFacts = (facts: DatedFacts, counts: FillCounts): DatedFacts =>
  Object.fromEntries(Object.entries(facts).filter(([field]) => Object.hasOwn(counts, field)));

/** The fields that are filled because the outcome is known. They do not enter the score, not even by being blank. */
export const lateFields = (counts: FillCounts): readonly string[] =>
  Object.entries(counts)
    .filter(([, { filled, late }]) => late > maxLateShare * filled)
    .map(([field]) => field)
    .toSorted();

/** The facts that were known before an instant, without the fields that are filled late. */
export const factsBefore = (facts: DatedFacts, at: Instant, excludedFields: readonly string[]): ScoreFacts =>
  Object.fromEntries(
    Object.entries(facts)
      .filter(([field, { firstFilledAt }]) => firstFilledAt < at && !excludedFields.includes(field))
      .map(([field, { value }]) => [field, value]),
  );
