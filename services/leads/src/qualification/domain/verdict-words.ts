import type { VerdictView } from '@meilenstein/contracts';
import { instant, inWords, type Verdict } from '@meilenstein/kernel';
import { dayInWords, type Locale } from '../../lead/domain/time-in-words.ts';
import { fieldInWords, leadWordings } from './field-words.ts';
import { qualificationTexts } from './texts.ts';

const isList = (value: Verdict['seen']): value is readonly string[] => Array.isArray(value);

const numberInWords = (value: number, { language }: Locale): string =>
  language === 'de' ? value.toLocaleString('de-DE', { maximumFractionDigits: 20 }) : String(value);

const seenText = (seen: Verdict['seen'], locale: Locale): string | null => {
  if (seen === null || seen === undefined) return null;
  if (isList(seen)) return seen.join(', ');
  const { yes, no } = qualificationTexts[locale.language];
  if (typeof seen === 'boolean') return seen ? yes : no;
  if (typeof seen === 'number') return numberInWords(seen, locale);
  const at = /^\d{4}-\d\d-\d\dT/.test(seen) ? instant.safeParse(seen).data : undefined;
  return at === undefined ? seen : dayInWords(at, locale);
};

/** The verdicts about single fields within a verdict. */
const leavesOf = (verdict: Verdict): readonly Verdict[] => (verdict.because === undefined ? [verdict] : verdict.because.flatMap(leavesOf));

const ruleOf = ({ condition }: Verdict, { language }: Locale): string => inWords(condition, leadWordings[language]);

/** Parts joined by `and` or `or` need brackets only within another rule. */
const outermost = (verdict: Verdict, locale: Locale): string => {
  const rule = ruleOf(verdict, locale);
  return verdict.because !== undefined && rule.startsWith('(') ? rule.slice(1, -1) : rule;
};

/** A verdict in words: one sentence, its answer, and each rule with the value that was seen. */
export const verdictInWords = (verdict: Verdict, locale: Locale): VerdictView => ({
  answer: verdict.answer,
  rule: outermost(verdict, locale),
  reasons: leavesOf(verdict).map((leaf) => ({ rule: ruleOf(leaf, locale), answer: leaf.answer, seen: seenText(leaf.seen, locale) })),
});

/** The values of the fields that a verdict tests, as one text; null if none is known. */
export const seenInWords = (verdict: Verdict, locale: Locale): string | null => {
  const seen = leavesOf(verdict).flatMap((leaf) => {
    const text = seenText(leaf.seen, locale);
    return text === null || leaf.field === undefined ? [] : [`${fieldInWords(leaf.field, locale.language)}: ${text}`];
  });
  return seen.length === 0 ? null : [...new Set(seen)].join('; ');
};

const seenOf = (verdict: Verdict, locale: Locale): string | null =>
  verdict.field === undefined ? seenInWords(verdict, locale) : seenText(verdict.seen, locale);

/** A rule with the value that was seen, such as `country is “DE” (here: DE)`. */
export const matchInWords = (verdict: Verdict, locale: Locale): string => {
  const [seen, rule] = [seenOf(verdict, locale), outermost(verdict, locale)];
  return seen === null ? rule : qualificationTexts[locale.language].here(rule, seen);
};

const withSeen = (part: Verdict, locale: Locale): string =>
  seenOf(part, locale) === null ? qualificationTexts[locale.language].notKnownSoFar(outermost(part, locale)) : matchInWords(part, locale);

/**
 * What is missing for a yes, in its smallest parts, such as `number of employees is at least 50 (here: 12)`. Alternatives are joined by
 * `or`. A `not` is given as a whole, because its inner rule is true.
 */
export const missingInWords = (verdict: Verdict, locale: Locale): string => {
  const { because, joined } = verdict;
  const { either, or } = qualificationTexts[locale.language];
  if (because === undefined || joined === 'not') return withSeen(verdict, locale);
  const parts = because
    .filter((part) => part.answer !== 'yes')
    .map((part) => {
      const text = missingInWords(part, locale);
      const isMixed = joined === 'all' && part.joined === 'any' && (part.because ?? []).length > 1;
      return isMixed ? either(text) : text;
    });
  return parts.join(joined === 'any' ? or : '; ');
};
