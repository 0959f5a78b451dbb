import type { FieldTest, FieldType, Predicate } from '@meilenstein/kernel';
import { isRecord, type Json } from './json.ts';

export type Join = 'all' | 'any';

/** Several predicates, joined. */
export type Group = { readonly join: Join; readonly parts: readonly Predicate[] };

/** Whether a value has the form of a predicate; the page believes the rest. */
export const isPredicate = (value: unknown): value is Predicate => {
  if (typeof value !== 'object' || value === null) return false;
  return 'all' in value || 'any' in value || 'not' in value || ('field' in value && 'test' in value);
};

/** Whether a value of a document is a predicate: it is compared and shown as a whole. */
export const holdsPredicate = (value: Json | undefined): boolean => isRecord(value) && isPredicate(value);

/** A predicate as rows: what is no group is a group of one. */
export const groupOf = (predicate: Predicate): Group => {
  if ('all' in predicate) return { join: 'all', parts: predicate.all };
  if ('any' in predicate) return { join: 'any', parts: predicate.any };
  return { join: 'all', parts: [predicate] };
};

/** The predicate of some rows; a single row needs no group around it. */
export const predicateOf = ({ join, parts }: Group): Predicate => {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  return join === 'all' ? { all: parts } : { any: parts };
};

export type TestName = FieldTest['test'];

export const testsOf: Readonly<Record<FieldType, readonly TestName[]>> = {
  text: ['equals', 'one-of', 'contains', 'starts-with', 'ends-with', 'present', 'absent'],
  texts: ['equals', 'one-of', 'present', 'absent'],
  'yes-no': ['equals', 'present', 'absent'],
  number: ['at-least', 'at-most', 'more-than', 'less-than', 'between', 'equals', 'one-of', 'present', 'absent'],
  time: ['within-days', 'not-within-days', 'at-least', 'at-most', 'more-than', 'less-than', 'between', 'present', 'absent'],
};

type Value = string | number | boolean;

const startOf: Readonly<Record<FieldType, Value>> = {
  text: '',
  texts: '',
  'yes-no': true,
  number: 0,
  time: '2026-01-01T00:00:00.000Z',
};

const valueIn = (rule: FieldTest): Value | undefined => {
  if ('value' in rule) return rule.value;
  if ('values' in rule) return rule.values[0];
  return 'from' in rule ? rule.from : undefined;
};

const fits = (type: FieldType, value: Value | undefined): value is Value =>
  value !== undefined && typeof value === typeof startOf[type] && (type !== 'time' || /^\d{4}-\d\d-\d\dT/.test(String(value)));

type Bound = Extract<FieldTest, { readonly from: unknown }>['from'];

const isBound = (value: Value): value is Bound => typeof value === 'number' || /^\d{4}-\d\d-\d\dT/.test(String(value));

/** A value that numbers and times are compared with. */
export const boundOf = (value: Value): Bound => (isBound(value) ? value : 0);

/** The rule with another value to compare with. */
export const withRuleValue = (rule: Extract<FieldTest, { readonly value: unknown }>, value: Value): FieldTest => {
  switch (rule.test) {
    case 'equals':
      return { ...rule, value };
    case 'starts-with':
    case 'ends-with':
    case 'contains':
      return { field: rule.field, test: rule.test, value: String(value) };
    default:
      return { field: rule.field, test: rule.test, value: boundOf(value) };
  }
};

/** The rule with another field or test: it keeps its value where that still fits, and begins with a plain one otherwise. */
export const ruleWith = (before: FieldTest, field: string, type: FieldType, wanted: TestName): FieldTest => {
  const test = testsOf[type].includes(wanted) ? wanted : (testsOf[type][0] ?? 'present');
  const had = valueIn(before);
  const value = fits(type, had) ? had : startOf[type];
  const bound = boundOf(value);
  switch (test) {
    case 'present':
    case 'absent':
      return { field, test };
    case 'equals':
      return { field, test, value };
    case 'one-of':
      return { field, test, values: 'values' in before && before.values.every((each) => fits(type, each)) ? before.values : [value] };
    case 'starts-with':
    case 'ends-with':
    case 'contains':
      return { field, test, value: String(value) };
    case 'at-least':
    case 'at-most':
    case 'more-than':
    case 'less-than':
      return { field, test, value: bound };
    case 'between':
      return { field, test, from: bound, to: 'to' in before && fits(type, before.to) ? before.to : bound };
    case 'within-days':
    case 'not-within-days':
      return { field, test, days: 'days' in before ? before.days : 30 };
  }
};
