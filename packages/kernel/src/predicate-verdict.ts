import { foldCase } from './fold-case.ts';
import { epochMillis, instant, type Instant } from './instant.ts';
import type { FieldTest, Predicate } from './predicate.ts';

/** A number that is known as a range: both bounds included, null where there is none; `typed` is the text that somebody entered. */
export type NumberRange = { readonly from: number | null; readonly to: number | null; readonly typed: string };

/**
 * The value of a field: a text, a number, yes or no, an instant as text, several texts, or a range. Null, undefined, a blank text and an
 * empty list mean that the value is not known.
 */
export type FactValue = string | number | boolean | readonly string[] | NumberRange | null | undefined;
export type Facts = Readonly<Record<string, FactValue>>;

/** `unknown` where a field that decides has no known value. */
export type TruthValue = 'yes' | 'no' | 'unknown';

/** The truth value of a predicate and its reasons: each rule with the value that it saw, and the verdicts of its parts. */
export type Verdict = {
  readonly answer: TruthValue;
  readonly condition: Predicate;
  readonly field?: string;
  /** the value that the rule saw, null where none is known; only for rules about a field */
  readonly seen?: string | number | boolean | readonly string[] | null;
  /** how the parts are joined */
  readonly joined?: 'all' | 'any' | 'not';
  readonly because?: readonly Verdict[];
};

type KnownValue = Exclude<FactValue, null | undefined>;

const isList = (value: FactValue): value is readonly string[] => Array.isArray(value);

const isRange = (value: FactValue): value is NumberRange => typeof value === 'object' && value !== null && !isList(value);

const knownValue = (facts: Facts, field: string): KnownValue | undefined => {
  const value = Object.hasOwn(facts, field) ? facts[field] : undefined;
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return isList(value) && value.length === 0 ? undefined : value;
};

/** Texts are compared without regard to case, surrounding space and Unicode normalisation. */
const foldText = (text: string): string => foldCase(text.trim());

const isSameValue = (seen: string | number | boolean, wanted: string | number | boolean): boolean =>
  typeof seen === 'string' && typeof wanted === 'string' ? foldText(seen) === foldText(wanted) : seen === wanted;

/** The bounds of a number or range; both are equal for an exact number. */
const boundsOf = (seen: KnownValue): { readonly low: number; readonly high: number } | undefined => {
  if (isRange(seen)) return { low: seen.from ?? Number.NEGATIVE_INFINITY, high: seen.to ?? Number.POSITIVE_INFINITY };
  return typeof seen === 'number' ? { low: seen, high: seen } : undefined;
};

const isSomeOfRange = ({ from: low, to: high }: NumberRange, wanted: readonly (string | number | boolean)[]): boolean | undefined => {
  const within = wanted.filter((value) => typeof value === 'number' && (low === null || value >= low) && (high === null || value <= high));
  if (within.length === 0) return false;
  return low !== null && low === high ? true : undefined;
};

const isSomeOf = (seen: KnownValue, wanted: readonly (string | number | boolean)[]): boolean | undefined => {
  if (isRange(seen)) return isSomeOfRange(seen, wanted);
  return isList(seen)
    ? seen.some((element) => wanted.some((value) => isSameValue(element, value)))
    : wanted.some((value) => isSameValue(seen, value));
};

const partly = { 'starts-with': 'startsWith', 'ends-with': 'endsWith', contains: 'includes' } as const;

const millisOf = (value: KnownValue): number | undefined => {
  const read = instant.safeParse(value);
  return read.success ? epochMillis(read.data) : undefined;
};

type Difference = { readonly least: number; readonly most: number };

/** The least and the most by which a value exceeds the wanted one; undefined where the two cannot be compared. */
const differenceOf = (seen: KnownValue, wanted: number | string): Difference | undefined => {
  if (typeof wanted === 'number') {
    const bounds = boundsOf(seen);
    return bounds === undefined ? undefined : { least: bounds.low - wanted, most: bounds.high - wanted };
  }
  const [left, right] = [millisOf(seen), millisOf(wanted)];
  return left === undefined || right === undefined ? undefined : { least: left - right, most: left - right };
};

const toTruthValue = (truth: boolean | undefined): TruthValue => (truth === undefined ? 'unknown' : truth ? 'yes' : 'no');

const compare = (seen: KnownValue, wanted: number | string, holds: (difference: number) => boolean): TruthValue => {
  const difference = differenceOf(seen, wanted);
  if (difference === undefined) return 'unknown';
  // Every comparison is monotone, so a range is decided where both its ends agree.
  const [least, most] = [holds(difference.least), holds(difference.most)];
  return toTruthValue(least === most ? least : undefined);
};

const dayMillis = 86_400_000;

const isWithin = (seen: KnownValue, days: number, now: Instant): boolean | undefined => {
  const at = millisOf(seen);
  if (at === undefined) return undefined;
  const age = epochMillis(now) - at;
  return age >= 0 && age <= days * dayMillis;
};

const isOlder = (seen: KnownValue, days: number, now: Instant): boolean | undefined => {
  const at = millisOf(seen);
  return at === undefined ? undefined : epochMillis(now) - at > days * dayMillis;
};

const answerOf = (rule: FieldTest, seen: KnownValue | undefined, now: Instant): TruthValue => {
  if (rule.test === 'present') return toTruthValue(seen !== undefined);
  if (rule.test === 'absent') return toTruthValue(seen === undefined);
  if (seen === undefined) return 'unknown';
  switch (rule.test) {
    case 'equals':
      return toTruthValue(isSomeOf(seen, [rule.value]));
    case 'one-of':
      return toTruthValue(isSomeOf(seen, rule.values));
    case 'starts-with':
    case 'ends-with':
    case 'contains':
      return toTruthValue(typeof seen === 'string' ? foldText(seen)[partly[rule.test]](foldText(rule.value)) : undefined);
    case 'at-least':
      return compare(seen, rule.value, (difference) => difference >= 0);
    case 'at-most':
      return compare(seen, rule.value, (difference) => difference <= 0);
    case 'more-than':
      return compare(seen, rule.value, (difference) => difference > 0);
    case 'less-than':
      return compare(seen, rule.value, (difference) => difference < 0);
    case 'between':
      return conjunction([
        compare(seen, rule.from, (difference) => difference >= 0),
        compare(seen, rule.to, (difference) => difference <= 0),
      ]);
    case 'within-days':
      return toTruthValue(isWithin(seen, rule.days, now));
    case 'not-within-days':
      return toTruthValue(isOlder(seen, rule.days, now));
  }
};

const conjunction = (answers: readonly TruthValue[]): TruthValue =>
  answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes';
const disjunction = (answers: readonly TruthValue[]): TruthValue =>
  answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
const negation = { yes: 'no', no: 'yes', unknown: 'unknown' } as const;

/**
 * Evaluates a predicate over facts at a time, with its reasons. The logic has three values (Kleene): a rule is `unknown` where its field
 * is not known, has another type than the rule needs, or is a range across the bound; `present` and `absent` are always yes or no. `all`
 * is no where one part is no, else unknown where one part is; `any` is yes where one part is yes, else unknown where one part is; `not`
 * keeps unknown. So "not in Germany" is not true of a person whose country is not known. A time in the future is neither within nor older
 * than any number of days.
 */
export const judge = (condition: Predicate, facts: Facts, now: Instant): Verdict => {
  if ('field' in condition) {
    const seen = knownValue(facts, condition.field);
    const shown = seen !== undefined && isRange(seen) ? seen.typed : seen;
    return { answer: answerOf(condition, seen, now), condition, field: condition.field, seen: shown ?? null };
  }
  const parts = 'not' in condition ? [condition.not] : 'all' in condition ? condition.all : condition.any;
  const because = parts.map((part) => judge(part, facts, now));
  const answers = because.map((part) => part.answer);
  if ('not' in condition) return { answer: negation[conjunction(answers)], condition, joined: 'not', because };
  return 'any' in condition
    ? { answer: disjunction(answers), condition, joined: 'any', because }
    : { answer: conjunction(answers), condition, joined: 'all', because };
};

/** Whether facts match a predicate; `unknown` does not match. */
export const matches = (condition: Predicate, facts: Facts, now: Instant): boolean => judge(condition, facts, now).answer === 'yes';
