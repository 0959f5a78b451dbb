import { epochMillis, instant, type Instant } from './instant.ts';
import type { FieldTest, Predicate } from './predicate.ts';
import { inWords, testInWords, type Wording } from './predicate-words.ts';

/** A number as somebody told it: within these bounds (null: none on that side), both included; `typed` is how it was said. */
export type ToldNumber = { readonly from: number | null; readonly to: number | null; readonly typed: string };

/** What is known of a field: a text, a number, yes or no, an instant as text, several texts, or a number as told. Null, undefined, a blank text and an empty list: not known. */
export type FactValue = string | number | boolean | readonly string[] | ToldNumber | null | undefined;
export type Facts = Readonly<Record<string, FactValue>>;

/** `unknown`: the field that decides is not known. */
export type Answer = 'yes' | 'no' | 'unknown';

/** Why a predicate answers as it does: each rule in words with the value seen, and below it what it is made of. */
export type Verdict = {
  readonly answer: Answer;
  readonly rule: string;
  readonly field?: string;
  /** the value seen, null where none is known; only of rules about a field */
  readonly seen?: string | number | boolean | readonly string[] | null;
  /** how the parts below make the whole */
  readonly joined?: 'all' | 'any' | 'not';
  readonly because?: readonly Verdict[];
};

type Known = Exclude<FactValue, null | undefined>;

const isList = (value: FactValue): value is readonly string[] => Array.isArray(value);

const isTold = (value: FactValue): value is ToldNumber => typeof value === 'object' && value !== null && !isList(value);

const known = (facts: Facts, field: string): Known | undefined => {
  const value = Object.hasOwn(facts, field) ? facts[field] : undefined;
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return isList(value) && value.length === 0 ? undefined : value;
};

/** Texts are compared without case, surrounding space and the two ways to write an accent. */
const folded = (text: string): string => text.normalize('NFC').trim().toLowerCase();

const same = (seen: string | number | boolean, wanted: string | number | boolean): boolean =>
  typeof seen === 'string' && typeof wanted === 'string' ? folded(seen) === folded(wanted) : seen === wanted;

/** The bounds of a number; one that was told exactly, or is no range at all, has both the same. */
const boundsOf = (seen: Known): { readonly low: number; readonly high: number } | undefined => {
  if (isTold(seen)) return { low: seen.from ?? Number.NEGATIVE_INFINITY, high: seen.to ?? Number.POSITIVE_INFINITY };
  return typeof seen === 'number' ? { low: seen, high: seen } : undefined;
};

const isSomeOfRange = ({ from: low, to: high }: ToldNumber, wanted: readonly (string | number | boolean)[]): boolean | undefined => {
  const within = wanted.filter((one) => typeof one === 'number' && (low === null || one >= low) && (high === null || one <= high));
  if (within.length === 0) return false;
  return low !== null && low === high ? true : undefined;
};

const isSomeOf = (seen: Known, wanted: readonly (string | number | boolean)[]): boolean | undefined => {
  if (isTold(seen)) return isSomeOfRange(seen, wanted);
  return isList(seen) ? seen.some((one) => wanted.some((other) => same(one, other))) : wanted.some((other) => same(seen, other));
};

const partly = { 'starts-with': 'startsWith', 'ends-with': 'endsWith', contains: 'includes' } as const;

const millisOf = (value: Known): number | undefined => {
  const read = instant.safeParse(value);
  return read.success ? epochMillis(read.data) : undefined;
};

type Order = { readonly least: number; readonly most: number };

/** By how much what was seen is more than what is wanted, at least and at most; undefined where the two cannot be compared. */
const order = (seen: Known, wanted: number | string): Order | undefined => {
  if (typeof wanted === 'number') {
    const bounds = boundsOf(seen);
    return bounds === undefined ? undefined : { least: bounds.low - wanted, most: bounds.high - wanted };
  }
  const [left, right] = [millisOf(seen), millisOf(wanted)];
  return left === undefined || right === undefined ? undefined : { least: left - right, most: left - right };
};

const from = (truth: boolean | undefined): Answer => (truth === undefined ? 'unknown' : truth ? 'yes' : 'no');

const compare = (seen: Known, wanted: number | string, holds: (difference: number) => boolean): Answer => {
  const difference = order(seen, wanted);
  if (difference === undefined) return 'unknown';
  // Every comparison is monotone, so a range is decided where both its ends say the same.
  const [least, most] = [holds(difference.least), holds(difference.most)];
  return from(least === most ? least : undefined);
};

const dayMillis = 86_400_000;

const isWithin = (seen: Known, days: number, now: Instant): boolean | undefined => {
  const at = millisOf(seen);
  if (at === undefined) return undefined;
  const age = epochMillis(now) - at;
  return age >= 0 && age <= days * dayMillis;
};

const isOlder = (seen: Known, days: number, now: Instant): boolean | undefined => {
  const at = millisOf(seen);
  return at === undefined ? undefined : epochMillis(now) - at > days * dayMillis;
};

const answerOf = (rule: FieldTest, seen: Known | undefined, now: Instant): Answer => {
  if (rule.test === 'present') return from(seen !== undefined);
  if (rule.test === 'absent') return from(seen === undefined);
  if (seen === undefined) return 'unknown';
  switch (rule.test) {
    case 'equals':
      return from(isSomeOf(seen, [rule.value]));
    case 'one-of':
      return from(isSomeOf(seen, rule.values));
    case 'starts-with':
    case 'ends-with':
    case 'contains':
      return from(typeof seen === 'string' ? folded(seen)[partly[rule.test]](folded(rule.value)) : undefined);
    case 'at-least':
      return compare(seen, rule.value, (difference) => difference >= 0);
    case 'at-most':
      return compare(seen, rule.value, (difference) => difference <= 0);
    case 'more-than':
      return compare(seen, rule.value, (difference) => difference > 0);
    case 'less-than':
      return compare(seen, rule.value, (difference) => difference < 0);
    case 'between':
      return every([compare(seen, rule.from, (difference) => difference >= 0), compare(seen, rule.to, (difference) => difference <= 0)]);
    case 'within-days':
      return from(isWithin(seen, rule.days, now));
    case 'not-within-days':
      return from(isOlder(seen, rule.days, now));
  }
};

const every = (answers: readonly Answer[]): Answer => (answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes');
const some = (answers: readonly Answer[]): Answer => (answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no');
const opposite = { yes: 'no', no: 'yes', unknown: 'unknown' } as const;

/**
 * Judges facts by a predicate at a time, and says why. Three-valued (Kleene): a rule about a field that is not known, or holds another
 * type than the rule needs, or a range that reaches over the bound, is `unknown`, unless it asks just that (present, absent). `all` is no
 * where one part is no, else unknown where one is; `any` is yes where one part is yes, else unknown where one is; `not` leaves unknown as it is. So "not in Germany" is
 * not true of somebody whose country nobody knows. A time in the future is neither within nor older than any days. Rules are worded by
 * `wording`.
 */
export const judge = (asked: Predicate, facts: Facts, now: Instant, wording: Wording = testInWords): Verdict => {
  if ('field' in asked) {
    const seen = known(facts, asked.field);
    const shown = seen !== undefined && isTold(seen) ? seen.typed : seen;
    return { answer: answerOf(asked, seen, now), rule: wording(asked), field: asked.field, seen: shown ?? null };
  }
  const parts = 'not' in asked ? [asked.not] : 'all' in asked ? asked.all : asked.any;
  const because = parts.map((part) => judge(part, facts, now, wording));
  const answers = because.map((part) => part.answer);
  const rule = inWords(asked, wording);
  if ('not' in asked) return { answer: opposite[every(answers)], rule, joined: 'not', because };
  return 'any' in asked
    ? { answer: some(answers), rule, joined: 'any', because }
    : { answer: every(answers), rule, joined: 'all', because };
};

/** Whether facts are known to match: `unknown` does not. */
export const matches = (asked: Predicate, facts: Facts, now: Instant): boolean => judge(asked, facts, now).answer === 'yes';
