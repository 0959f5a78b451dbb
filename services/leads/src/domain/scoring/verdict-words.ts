import type { VerdictView } from '@meilenstein/contracts';
import type { Verdict } from '@meilenstein/kernel';

const isList = (value: Verdict['seen']): value is readonly string[] => Array.isArray(value);

const seenText = (seen: Verdict['seen']): string | null =>
  seen === null || seen === undefined ? null : isList(seen) ? seen.join(', ') : String(seen);

/** The rules about single fields that a verdict is made of. */
const leavesOf = (verdict: Verdict): readonly Verdict[] => (verdict.because === undefined ? [verdict] : verdict.because.flatMap(leavesOf));

/** A verdict as people read it: one sentence, its answer, and each rule with what was seen. */
export const verdictInWords = (verdict: Verdict): VerdictView => ({
  answer: verdict.answer,
  rule: verdict.rule,
  reasons: leavesOf(verdict).map(({ rule, answer, seen }) => ({ rule, answer, seen: seenText(seen) })),
});

/** What was seen of the fields that a verdict asks about, as one text; null where nothing is known. */
export const seenInWords = (verdict: Verdict): string | null => {
  const seen = leavesOf(verdict).flatMap((leaf) => {
    const text = seenText(leaf.seen);
    return text === null || leaf.field === undefined ? [] : [`${leaf.field}: ${text}`];
  });
  return seen.length === 0 ? null : [...new Set(seen)].join('; ');
};

/** The smallest parts that are not true; of a `not` the whole, because its inner rule is true. */
const against = (verdict: Verdict): readonly Verdict[] => {
  if (verdict.answer === 'yes') return [];
  const isWhole = verdict.because === undefined || verdict.rule.startsWith('not (');
  return isWhole ? [verdict] : (verdict.because ?? []).flatMap(against);
};

/** What speaks against a yes, such as `employees is at least 50 (seen: 12)`. */
export const missingInWords = (verdict: Verdict): string =>
  against(verdict)
    .map((part) => `${part.rule} (seen: ${(part.field === undefined ? seenInWords(part) : seenText(part.seen)) ?? 'nothing'})`)
    .join('; ');
