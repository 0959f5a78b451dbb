import type { FieldTest } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { predicateSentence } from './predicate-sentence.ts';
import { groupOf, predicateOf, ruleWith } from './predicates.ts';
import { shapeOf } from './shape.ts';

const phone: FieldTest = { field: 'phone', test: 'present' };
const germany: FieldTest = { field: 'country', test: 'equals', value: 'DE' };
const fifty: FieldTest = { field: 'employees', test: 'at-least', value: 50 };

describe('a condition as rows', () => {
  it.each([[phone], [{ all: [phone, germany] }], [{ any: [phone, { not: germany }] }]])('comes back from its rows as it was: %j', (given) =>
    expect(predicateOf(groupOf(given))).toEqual(given),
  );

  it('keeps the value where the new test can use it', () => {
    expect(ruleWith(fifty, 'employees', 'number', 'more-than')).toEqual({ field: 'employees', test: 'more-than', value: 50 });
    expect(ruleWith(germany, 'country', 'text', 'one-of')).toEqual({ field: 'country', test: 'one-of', values: ['DE'] });
  });

  it('begins with a plain value and a test that fits where the new field is of another type', () => {
    expect(ruleWith(germany, 'employees', 'number', 'equals')).toEqual({ field: 'employees', test: 'equals', value: 0 });
    expect(ruleWith(germany, 'touched.last', 'time', 'equals')).toEqual({ field: 'touched.last', test: 'within-days', days: 30 });
  });

  it('is a sentence with brackets around inner groups only', () => {
    const words = { test: ({ field }: FieldTest) => field, not: (part: string) => `not (${part})`, and: ' and ', or: ' or ' };
    expect(predicateSentence({ all: [phone, { any: [germany, fifty] }] }, words)).toBe('phone and (country or employees)');
    expect(predicateSentence({ any: [phone, { not: { all: [germany, fifty] } }] }, words)).toBe('phone or not (country and employees)');
  });
});

describe('the shape of what no screen described', () => {
  it.each([
    ['2026-11-30', 'day'],
    ['08:30', 'clock-time'],
    ['1234.50', 'decimal'],
    ['Nord', 'text'],
    [12, 'number'],
    [true, 'yes-no'],
    [['a', 'b'], 'texts'],
    [[{ id: 'a' }], 'list'],
    [{ all: [phone] }, 'predicate'],
    [{ a: 1 }, 'record'],
    [null, 'fixed'],
  ] as const)('of %j is %s', (value, kind) => expect(shapeOf(JSON.parse(JSON.stringify(value))).kind).toBe(kind));
});
