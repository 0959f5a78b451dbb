import type { Refusal } from './decision.ts';
import { instant } from './instant.ts';
import { testInWords } from './predicate-words.ts';
import type { FieldTest, Predicate } from './predicate.ts';

/** The type of a field; `texts` is a list of texts. */
export type FieldType = 'text' | 'number' | 'yes-no' | 'time' | 'texts';

/** The fields that a predicate may name. A name that ends in `.*` stands for every name with that beginning. */
export type FieldTypes = Readonly<Record<string, FieldType>>;

export type PredicateRefusal = Refusal<'field-not-found' | 'test-not-applicable' | 'value-invalid'>;

/** The type of a field, undefined for an unknown one. */
const typeOfField = (types: FieldTypes, name: string): FieldType | undefined => {
  if (Object.hasOwn(types, name)) return types[name];
  const wildcard = Object.keys(types).find(
    (pattern) => pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1)) && name.length >= pattern.length,
  );
  return wildcard === undefined ? undefined : types[wildcard];
};

const testsOf: Readonly<Record<FieldType, readonly FieldTest['test'][]>> = {
  text: ['present', 'absent', 'equals', 'one-of', 'starts-with', 'ends-with', 'contains'],
  texts: ['present', 'absent', 'equals', 'one-of'],
  'yes-no': ['present', 'absent', 'equals'],
  number: ['present', 'absent', 'equals', 'one-of', 'at-least', 'at-most', 'more-than', 'less-than', 'between'],
  time: ['present', 'absent', 'at-least', 'at-most', 'more-than', 'less-than', 'between', 'within-days', 'not-within-days'],
};

const valueNames: Readonly<Record<FieldType, string>> = {
  text: 'a text',
  texts: 'a text',
  'yes-no': 'true or false',
  number: 'a number',
  time: 'an instant such as 2026-03-01T00:00:00Z',
};

const fits = (type: FieldType, value: string | number | boolean): boolean => {
  switch (type) {
    case 'text':
    case 'texts':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'yes-no':
      return typeof value === 'boolean';
    case 'time':
      return instant.safeParse(value).success;
  }
};

const valuesOf = (rule: FieldTest): readonly (string | number | boolean)[] => {
  if ('value' in rule) return [rule.value];
  if ('values' in rule) return rule.values;
  return 'from' in rule ? [rule.from, rule.to] : [];
};

const isBackwards = (rule: FieldTest): boolean => {
  if (rule.test !== 'between') return false;
  // Parsed instants are UTC texts of one length, so they sort as their times do.
  return rule.from > rule.to;
};

const checkFieldTest = (rule: FieldTest, types: FieldTypes, path: string): PredicateRefusal | undefined => {
  const type = typeOfField(types, rule.field);
  if (type === undefined) {
    const message = `${path}.field: there is no field ${rule.field}; the fields are ${Object.keys(types).join(', ')}`;
    return { code: 'field-not-found', message, field: `${path}.field`, value: rule.field };
  }
  if (!testsOf[type].includes(rule.test)) {
    const message = `${path}.test: ${rule.field} holds ${type}; the tests for it are ${testsOf[type].join(', ')}`;
    return { code: 'test-not-applicable', message, field: `${path}.test`, value: rule.test };
  }
  const wrong = valuesOf(rule).find((value) => !fits(type, value));
  if (wrong !== undefined) {
    const message = `${path}.value: “${testInWords(rule)}” needs ${valueNames[type]}, not ${JSON.stringify(wrong)}`;
    return { code: 'value-invalid', message, field: `${path}.value`, value: String(wrong) };
  }
  if (!isBackwards(rule)) return undefined;
  return { code: 'value-invalid', message: `${path}.to: “${testInWords(rule)}” ends before it begins`, field: `${path}.to` };
};

/**
 * Refuses the first rule that does not fit the fields: an unknown field, or a test or value of another type. The refusal names the place
 * (below `path`), the value and the rule.
 */
export const checkPredicate = (condition: Predicate, types: FieldTypes, path = 'predicate'): PredicateRefusal | undefined => {
  if ('field' in condition) return checkFieldTest(condition, types, path);
  if ('not' in condition) return checkPredicate(condition.not, types, `${path}.not`);
  const [name, inner] = 'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const);
  return inner.map((part, index) => checkPredicate(part, types, `${path}.${name}[${index}]`)).find((wrong) => wrong !== undefined);
};
