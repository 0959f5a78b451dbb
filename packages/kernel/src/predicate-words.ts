import { inEachLanguage, type InLanguages, type Language } from './language.ts';
import type { FieldTest, Predicate } from './predicate.ts';

type Value = string | number | boolean;

/** How a language puts a rule about one field into words. */
type TestTexts = {
  readonly quoted: (value: Value) => string;
  readonly present: (field: string) => string;
  readonly absent: (field: string) => string;
  readonly equals: (field: string, value: string) => string;
  readonly oneOf: (field: string, values: string) => string;
  readonly startsWith: (field: string, value: string) => string;
  readonly endsWith: (field: string, value: string) => string;
  readonly contains: (field: string, value: string) => string;
  readonly atLeast: (field: string, value: Value) => string;
  readonly atMost: (field: string, value: Value) => string;
  readonly moreThan: (field: string, value: Value) => string;
  readonly lessThan: (field: string, value: Value) => string;
  readonly between: (field: string, from: Value, to: Value) => string;
  readonly withinDays: (field: string, days: number) => string;
  readonly notWithinDays: (field: string, days: number) => string;
};

const english: TestTexts = {
  quoted: (value) => (typeof value === 'string' ? `“${value}”` : String(value)),
  present: (field) => `${field} is known`,
  absent: (field) => `${field} is not known`,
  equals: (field, value) => `${field} is ${value}`,
  oneOf: (field, values) => `${field} is one of ${values}`,
  startsWith: (field, value) => `${field} starts with ${value}`,
  endsWith: (field, value) => `${field} ends with ${value}`,
  contains: (field, value) => `${field} contains ${value}`,
  atLeast: (field, value) => `${field} is at least ${value}`,
  atMost: (field, value) => `${field} is at most ${value}`,
  moreThan: (field, value) => `${field} is more than ${value}`,
  lessThan: (field, value) => `${field} is less than ${value}`,
  between: (field, from, to) => `${field} is from ${from} to ${to}, both included`,
  withinDays: (field, days) => `${field} is not older than ${days === 1 ? '1 day' : `${days} days`}`,
  notWithinDays: (field, days) => `${field} is older than ${days === 1 ? '1 day' : `${days} days`}`,
};

const germanValue = (value: Value): string => {
  if (typeof value === 'boolean') return value ? 'ja' : 'nein';
  return typeof value === 'number' ? value.toLocaleString('de-DE', { maximumFractionDigits: 20 }) : value;
};

const german: TestTexts = {
  quoted: (value) => (typeof value === 'string' ? `„${value}“` : germanValue(value)),
  present: (field) => `${field} ist bekannt`,
  absent: (field) => `${field} ist nicht bekannt`,
  equals: (field, value) => `${field} ist ${value}`,
  oneOf: (field, values) => `${field} ist eines von ${values}`,
  startsWith: (field, value) => `${field} beginnt mit ${value}`,
  endsWith: (field, value) => `${field} endet mit ${value}`,
  contains: (field, value) => `${field} enthält ${value}`,
  atLeast: (field, value) => `${field} ist mindestens ${germanValue(value)}`,
  atMost: (field, value) => `${field} ist höchstens ${germanValue(value)}`,
  moreThan: (field, value) => `${field} ist größer als ${germanValue(value)}`,
  lessThan: (field, value) => `${field} ist kleiner als ${germanValue(value)}`,
  between: (field, from, to) => `${field} liegt zwischen ${germanValue(from)} und ${germanValue(to)}, beide eingeschlossen`,
  withinDays: (field, days) => `${field} ist nicht älter als ${days === 1 ? '1 Tag' : `${germanValue(days)} Tage`}`,
  notWithinDays: (field, days) => `${field} ist älter als ${days === 1 ? '1 Tag' : `${germanValue(days)} Tage`}`,
};

const tests: InLanguages<TestTexts> = { en: english, de: german };

/** One rule as a sentence, such as `employees is at least 50`. */
export const testInWords = (rule: FieldTest, language: Language = 'en'): string => {
  const texts = tests[language];
  switch (rule.test) {
    case 'present':
      return texts.present(rule.field);
    case 'absent':
      return texts.absent(rule.field);
    case 'equals':
      return texts.equals(rule.field, texts.quoted(rule.value));
    case 'one-of':
      return texts.oneOf(rule.field, rule.values.map(texts.quoted).join(', '));
    case 'starts-with':
      return texts.startsWith(rule.field, texts.quoted(rule.value));
    case 'ends-with':
      return texts.endsWith(rule.field, texts.quoted(rule.value));
    case 'contains':
      return texts.contains(rule.field, texts.quoted(rule.value));
    case 'at-least':
      return texts.atLeast(rule.field, rule.value);
    case 'at-most':
      return texts.atMost(rule.field, rule.value);
    case 'more-than':
      return texts.moreThan(rule.field, rule.value);
    case 'less-than':
      return texts.lessThan(rule.field, rule.value);
    case 'between':
      return texts.between(rule.field, rule.from, rule.to);
    case 'within-days':
      return texts.withinDays(rule.field, rule.days);
    case 'not-within-days':
      return texts.notWithinDays(rule.field, rule.days);
  }
};

/** Puts predicates into words; a service may use better names for its fields. */
export type Wording = {
  readonly test: (rule: FieldTest) => string;
  readonly not: (part: string) => string;
  readonly and: string;
  readonly or: string;
};

const joints = {
  en: { not: (part: string) => `not (${part})`, and: ' and ', or: ' or ' },
  de: { not: (part: string) => `nicht (${part})`, and: ' und ', or: ' oder ' },
} as const;

/** The wordings that name fields by their keys. */
export const wordings: InLanguages<Wording> = inEachLanguage((language) => ({
  ...joints[language],
  test: (rule) => testInWords(rule, language),
}));

/** A whole predicate as one sentence. */
export const inWords = (condition: Predicate, wording: Wording = wordings.en): string => {
  if ('field' in condition) return wording.test(condition);
  if ('not' in condition) return wording.not(inWords(condition.not, wording));
  const [inner, word] = 'all' in condition ? [condition.all, wording.and] : [condition.any, wording.or];
  const parts = inner.map((part) => inWords(part, wording));
  return parts.length === 1 ? parts.join('') : `(${parts.join(word)})`;
};
