import type { FieldTest, Predicate } from './predicate.ts';

const quoted = (value: string | number | boolean): string => (typeof value === 'string' ? `“${value}”` : String(value));

const comparisons = { 'at-least': 'at least', 'at-most': 'at most', 'more-than': 'more than', 'less-than': 'less than' } as const;
const partials = { 'starts-with': 'starts with', 'ends-with': 'ends with', contains: 'contains' } as const;

const plural = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

/** One rule as a sentence, such as `employees is at least 50`. */
export const testInWords = (rule: FieldTest): string => {
  switch (rule.test) {
    case 'present':
      return `${rule.field} is known`;
    case 'absent':
      return `${rule.field} is not known`;
    case 'equals':
      return `${rule.field} is ${quoted(rule.value)}`;
    case 'one-of':
      return `${rule.field} is one of ${rule.values.map(quoted).join(', ')}`;
    case 'starts-with':
    case 'ends-with':
    case 'contains':
      return `${rule.field} ${partials[rule.test]} ${quoted(rule.value)}`;
    case 'at-least':
    case 'at-most':
    case 'more-than':
    case 'less-than':
      return `${rule.field} is ${comparisons[rule.test]} ${rule.value}`;
    case 'between':
      return `${rule.field} is from ${rule.from} to ${rule.to}, both included`;
    case 'within-days':
      return `${rule.field} is not older than ${plural(rule.days)}`;
    case 'not-within-days':
      return `${rule.field} is older than ${plural(rule.days)}`;
  }
};

/** Puts a rule about one field into words; a service may use better names for its fields. */
export type Wording = (rule: FieldTest) => string;

/** A whole predicate as one sentence. */
export const inWords = (condition: Predicate, wording: Wording = testInWords): string => {
  if ('field' in condition) return wording(condition);
  if ('not' in condition) return `not (${inWords(condition.not, wording)})`;
  const [inner, word] = 'all' in condition ? [condition.all, ' and '] : [condition.any, ' or '];
  const parts = inner.map((part) => inWords(part, wording));
  return parts.length === 1 ? parts.join('') : `(${parts.join(word)})`;
};
