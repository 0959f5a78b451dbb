import type { Instant } from '@meilenstein/kernel';
import * as z from 'zod';
import type { ScoreFacts } from './learned-score-features.ts';

/** A value and when its field was first filled. */
export type DatedFact = { readonly value: string; readonly firstFilledAt: Instant };
export type DatedFacts = Readonly<Record<string, DatedFact>>;

/** Of how many ended leads a field was filled, and of how many only when the end was known. */
export const fillCounts = z.record(z.string(), z.object({ filled: z.int().nonnegative(), late: z.int().nonnegative() }));
export type FillCounts = z.infer<typeof fillCounts>;

/** One late filling in twenty is an accident; more, and the field tells the outcome. */
const maxLateShare = 0.05;

/** The counts after one more lead has ended. A field filled at the very time of the end was filled by it. */
export const countFills = (before: FillCounts, facts: DatedFacts, endedAt: Instant): FillCounts => ({
  ...before,
  ...Object.fromEntries(
    Object.entries(facts).map(([field, { firstFilledAt }]) => {
      const { filled, late } = Object.hasOwn(before, field) ? (before[field] ?? { filled: 0, late: 0 }) : { filled: 0, late: 0 };
      return [field, { filled: filled + 1, late: late + (firstFilledAt >= endedAt ? 1 : 0) }];
    }),
  ),
});

/** The fields that are filled because the end is known. They enter no score, not even by being blank. */
export const lateFields = (counts: FillCounts): readonly string[] =>
  Object.entries(counts)
    .filter(([, { filled, late }]) => late > maxLateShare * filled)
    .map(([field]) => field)
    .toSorted();

/** What was known before an instant, without the fields that are filled late. */
export const factsBefore = (facts: DatedFacts, at: Instant, excludedFields: readonly string[]): ScoreFacts =>
  Object.fromEntries(
    Object.entries(facts)
      .filter(([field, { firstFilledAt }]) => firstFilledAt < at && !excludedFields.includes(field))
      .map(([field, { value }]) => [field, value]),
  );
