import type { VerdictView } from '@meilenstein/contracts';
import { instant, type Verdict } from '@meilenstein/kernel';
import { dayInWords } from '../../lead/domain/time-in-words.ts';
import { fieldInWords } from './field-words.ts';

const isList = (value: Verdict['seen']): value is readonly string[] => Array.isArray(value);

const seenText = (seen: Verdict['seen'], zone: string): string | null => {
  if (seen === null || seen === undefined) return null;
  if (isList(seen)) return seen.join(', ');
  if (typeof seen === 'boolean') return seen ? 'yes' : 'no';
  const at = typeof seen === 'string' && /^\d{4}-\d\d-\d\dT/.test(seen) ? instant.safeParse(seen).data : undefined;
  return at === undefined ? String(seen) : dayInWords(at, zone);
};

/** The verdicts about single fields within a verdict. */
const leavesOf = (verdict: Verdict): readonly Verdict[] => (verdict.because === undefined ? [verdict] : verdict.because.flatMap(leavesOf));

/** Parts joined by `and` or `or` need brackets only within another rule. */
const outermost = ({ rule, because }: Verdict): string => (because !== undefined && rule.startsWith('(') ? rule.slice(1, -1) : rule);

/** A verdict in words: one sentence, its answer, and each rule with the value that was seen. */
export const verdictInWords = (verdict: Verdict, zone: string): VerdictView => ({
  answer: verdict.answer,
  rule: outermost(verdict),
  reasons: leavesOf(verdict).map(({ rule, answer, seen }) => ({ rule, answer, seen: seenText(seen, zone) })),
});

/** The values of the fields that a verdict tests, as one text; null if none is known. */
export const seenInWords = (verdict: Verdict, zone: string): string | null => {
  const seen = leavesOf(verdict).flatMap((leaf) => {
    const text = seenText(leaf.seen, zone);
    return text === null || leaf.field === undefined ? [] : [`${fieldInWords(leaf.field)}: ${text}`];
  });
  return seen.length === 0 ? null : [...new Set(seen)].join('; ');
};

const seenOf = (verdict: Verdict, zone: string): string | null =>
  verdict.field === undefined ? seenInWords(verdict, zone) : seenText(verdict.seen, zone);

/** A rule with the value that was seen, such as `country is “DE” (here: DE)`. */
export const matchInWords = (verdict: Verdict, zone: string): string => {
  const seen = seenOf(verdict, zone);
  return seen === null ? outermost(verdict) : `${outermost(verdict)} (here: ${seen})`;
};

const withSeen = (part: Verdict, zone: string): string =>
  seenOf(part, zone) === null ? `${outermost(part)} (not known so far)` : matchInWords(part, zone);

/**
 * What is missing for a yes, in its smallest parts, such as `number of employees is at least 50 (here: 12)`. Alternatives are joined by
 * `or`. A `not` is given as a whole, because its inner rule is true.
 */
export const missingInWords = (verdict: Verdict, zone: string): string => {
  const { because, joined } = verdict;
  if (because === undefined || joined === 'not') return withSeen(verdict, zone);
  const parts = because
    .filter((part) => part.answer !== 'yes')
    .map((part) => {
      const text = missingInWords(part, zone);
      const isMixed = joined === 'all' && part.joined === 'any' && (part.because ?? []).length > 1;
      return isMixed ? `either ${text}` : text;
    });
  return parts.join(joined === 'any' ? ', or ' : '; ');
};
