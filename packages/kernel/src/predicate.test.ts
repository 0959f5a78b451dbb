import fc from 'fast-check';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { toInstant } from './instant.ts';
import { checkPredicate, type FieldTypes } from './predicate-fields.ts';
import { judge, matches, type TruthValue, type Facts } from './predicate-verdict.ts';
import { inWords, wordings } from './predicate-words.ts';
import { fieldsOf, predicate, predicateLimits, type Predicate } from './predicate.ts';

const now = toInstant('2026-03-31T12:00:00Z');
const parsed = (given: unknown): Predicate => predicate.parse(given);
const answer = (given: unknown, facts: Facts): TruthValue => judge(parsed(given), facts, now).answer;

const someFacts: Facts = {
  country: ' De ',
  employees: 51,
  business: true,
  seen: '2026-03-01T12:00:00Z',
  products: ['Mill', 'Saw'],
  note: '',
  gone: null,
};

describe('a rule about one field', () => {
  it.each<[string, unknown, TruthValue]>([
    ['an equal text in another case', { field: 'country', test: 'equals', value: 'DE' }, 'yes'],
    ['another text', { field: 'country', test: 'equals', value: 'AT' }, 'no'],
    ['one of some', { field: 'country', test: 'one-of', values: ['at', 'de'] }, 'yes'],
    ['a beginning', { field: 'country', test: 'starts-with', value: 'd' }, 'yes'],
    ['an end', { field: 'country', test: 'ends-with', value: 'd' }, 'no'],
    ['a part', { field: 'country', test: 'contains', value: 'E' }, 'yes'],
    ['a part that looks like an expression', { field: 'country', test: 'contains', value: '.*' }, 'no'],
    ['an element of a list', { field: 'products', test: 'equals', value: 'saw' }, 'yes'],
    ['none of a list', { field: 'products', test: 'one-of', values: ['press'] }, 'no'],
    ['a lower bound, itself included', { field: 'employees', test: 'at-least', value: 51 }, 'yes'],
    ['a lower bound, itself excluded', { field: 'employees', test: 'more-than', value: 51 }, 'no'],
    ['an upper bound, itself included', { field: 'employees', test: 'at-most', value: 51 }, 'yes'],
    ['an upper bound, itself excluded', { field: 'employees', test: 'less-than', value: 51 }, 'no'],
    ['a range, its ends included', { field: 'employees', test: 'between', from: 10, to: 51 }, 'yes'],
    ['yes or no', { field: 'business', test: 'equals', value: false }, 'no'],
    ['exactly thirty days', { field: 'seen', test: 'within-days', days: 30 }, 'yes'],
    ['a little more than 29 days', { field: 'seen', test: 'within-days', days: 29 }, 'no'],
    ['older than 29 days', { field: 'seen', test: 'not-within-days', days: 29 }, 'yes'],
    ['a time at or after another one', { field: 'seen', test: 'at-least', value: '2026-03-01T13:00:00+01:00' }, 'yes'],
    ['the presence of a blank field', { field: 'note', test: 'present' }, 'no'],
    ['the absence of a missing field', { field: 'absent', test: 'absent' }, 'yes'],
    ['an equal text of a blank field', { field: 'note', test: 'equals', value: 'x' }, 'unknown'],
    ['a bound of an unknown value', { field: 'gone', test: 'at-least', value: 1 }, 'unknown'],
    ['a bound of a text', { field: 'country', test: 'at-least', value: 1 }, 'unknown'],
    ['the age of a text', { field: 'country', test: 'within-days', days: 1 }, 'unknown'],
    ['a name that every object inherits', { field: 'constructor', test: 'present' }, 'no'],
  ])('evaluates %s', (_what, rule, expected) => {
    expect(answer(rule, someFacts)).toBe(expected);
  });

  it('is neither within nor older than any number of days for a time in the future', () => {
    const facts = { seen: '2026-04-01T00:00:00Z' };
    expect(answer({ field: 'seen', test: 'within-days', days: 9 }, facts)).toBe('no');
    expect(answer({ field: 'seen', test: 'not-within-days', days: 0 }, facts)).toBe('no');
  });
});

describe('a rule about a range of numbers', () => {
  const facts: Facts = { employees: { from: null, to: 49, typed: 'unter 50' }, seats: { from: 50, to: 100, typed: '50-100' } };
  it.each<[unknown, TruthValue]>([
    [{ field: 'employees', test: 'at-least', value: 50 }, 'no'],
    [{ field: 'employees', test: 'at-least', value: 10 }, 'unknown'],
    [{ field: 'employees', test: 'less-than', value: 50 }, 'yes'],
    [{ field: 'seats', test: 'at-least', value: 50 }, 'yes'],
    [{ field: 'seats', test: 'more-than', value: 50 }, 'unknown'],
    [{ field: 'seats', test: 'between', from: 40, to: 100 }, 'yes'],
    [{ field: 'seats', test: 'between', from: 101, to: 200 }, 'no'],
    [{ field: 'seats', test: 'equals', value: 20 }, 'no'],
    [{ field: 'seats', test: 'one-of', values: [20, 60] }, 'unknown'],
    [{ field: 'seats', test: 'present' }, 'yes'],
  ])('answers %j only where the whole range agrees: %s', (asked, expected) => {
    expect(answer(asked, facts)).toBe(expected);
  });

  it('shows the range as it was typed', () => {
    expect(judge(parsed({ field: 'employees', test: 'at-least', value: 50 }), facts, now).seen).toBe('unter 50');
  });
});

describe('a rule about an unknown value', () => {
  const yes = { field: 'employees', test: 'present' };
  const no = { field: 'employees', test: 'absent' };
  const unknown = { field: 'gone', test: 'equals', value: 'x' };
  it.each<[unknown, TruthValue]>([
    [{ all: [yes, unknown] }, 'unknown'],
    [{ all: [no, unknown] }, 'no'],
    [{ any: [yes, unknown] }, 'yes'],
    [{ any: [no, unknown] }, 'unknown'],
    [{ not: unknown }, 'unknown'],
    [{ not: no }, 'yes'],
  ])('makes %j %s', (asked, expected) => {
    expect(answer(asked, someFacts)).toBe(expected);
  });

  it('does not match, not even "not in Germany"', () => {
    expect(matches(parsed({ not: { field: 'country', test: 'equals', value: 'DE' } }), {}, now)).toBe(false);
  });
});

describe('the verdict of a predicate', () => {
  it('names each rule with the value that it saw', () => {
    const country = { field: 'country', test: 'one-of', values: ['DE', 'AT'] } as const;
    const small = { field: 'employees', test: 'less-than', value: 60 } as const;
    const asked = parsed({ all: [country, { not: small }] });
    expect(judge(asked, someFacts, now)).toEqual({
      answer: 'no',
      condition: asked,
      joined: 'all',
      because: [
        { answer: 'yes', condition: country, field: 'country', seen: ' De ' },
        {
          answer: 'no',
          condition: { not: small },
          joined: 'not',
          because: [{ answer: 'yes', condition: small, field: 'employees', seen: 51 }],
        },
      ],
    });
  });

  it('can be put into words in English and German', () => {
    const asked = parsed({
      all: [
        { field: 'country', test: 'one-of', values: ['DE', 'AT'] },
        { not: { field: 'employees', test: 'less-than', value: 1500.5 } },
        {
          any: [
            { field: 'visit', test: 'within-days', days: 1 },
            { field: 'visit', test: 'absent' },
          ],
        },
      ],
    });
    expect(inWords(asked)).toBe(
      '(country is one of “DE”, “AT” and not (employees is less than 1500.5) and (visit is not older than 1 day or visit is not known))',
    );
    expect(inWords(asked, wordings.de)).toBe(
      '(country ist eines von „DE“, „AT“ und nicht (employees ist kleiner als 1.500,5) und (visit ist nicht älter als 1 Tag oder visit ist nicht bekannt))',
    );
  });

  it('is about the fields that fieldsOf lists, each once', () => {
    expect(
      fieldsOf(
        parsed({ any: [{ field: 'a', test: 'present' }, { not: { field: 'b', test: 'present' } }, { field: 'a', test: 'absent' }] }),
      ),
    ).toEqual(['a', 'b']);
  });
});

describe('checkPredicate and the schema of a predicate', () => {
  const types: FieldTypes = {
    country: 'text',
    employees: 'number',
    seen: 'time',
    business: 'yes-no',
    products: 'texts',
    'custom.*': 'text',
  };
  it.each([
    ['an unknown field', { all: [{ field: 'contry', test: 'present' }] }, 'field-not-found', 'predicate.all[0].field', 'contry'],
    ['a nameless custom field', { field: 'custom.', test: 'present' }, 'field-not-found', 'predicate.field', 'custom.'],
    [
      'a bound of a text',
      { not: { field: 'country', test: 'at-least', value: 3 } },
      'test-not-applicable',
      'predicate.not.test',
      'at-least',
    ],
    ['a part of a list', { field: 'products', test: 'contains', value: 'x' }, 'test-not-applicable', 'predicate.test', 'contains'],
    [
      'a number as text',
      { field: 'employees', test: 'at-least', value: '2026-01-01T00:00:00Z' },
      'value-invalid',
      'predicate.value',
      '2026-01-01T00:00:00.000Z',
    ],
    ['a number as time', { field: 'seen', test: 'between', from: 3, to: 4 }, 'value-invalid', 'predicate.value', '3'],
    ['one of mixed values', { field: 'country', test: 'one-of', values: ['DE', 4] }, 'value-invalid', 'predicate.value', '4'],
    ['a range backwards', { field: 'employees', test: 'between', from: 9, to: 2 }, 'value-invalid', 'predicate.to', undefined],
  ])('refuse %s', (_what, given, ...expected) => {
    const refusal = checkPredicate(parsed(given), types);
    expect([refusal?.code, refusal?.field, refusal?.value]).toEqual(expected);
    expect(refusal?.message).toContain(refusal?.field);
  });

  it('accept a predicate whose fields, tests and values fit', () => {
    const asked = parsed({
      any: [
        { field: 'custom.colour', test: 'equals', value: 'red' },
        { field: 'seen', test: 'within-days', days: 3 },
      ],
    });
    expect(checkPredicate(asked, types)).toBeUndefined();
  });

  it('refuse a predicate that nests too deep or has too many rules, at any depth', () => {
    const leaf = { field: 'a', test: 'present' };
    const nested = (levels: number): unknown => Array.from({ length: levels }).reduce((inner) => ({ not: inner }), leaf);
    expect(predicate.safeParse(nested(predicateLimits.depth - 1)).success).toBe(true);
    expect(predicate.safeParse(nested(predicateLimits.depth)).error?.message).toContain('deeper than 8 levels');
    expect(predicate.safeParse(nested(100_000)).success).toBe(false);
    expect(predicate.safeParse({ all: Array.from({ length: predicateLimits.rules }, () => leaf) }).error?.message).toContain(
      'more than 200 rules',
    );
  });

  it('refuse a surplus key, a regular expression and an empty list of rules', () => {
    const wrong = [
      { all: [] },
      { field: 'a', test: 'matches', value: '(a+)+' },
      { field: 'a', test: 'present', or: 1 },
      { all: [], any: [] },
      'true',
      null,
    ];
    expect(wrong.filter((given) => predicate.safeParse(given).success)).toEqual([]);
  });
});

describe('any predicate', () => {
  const field = fc.constantFrom('country', 'employees', 'seen', 'business', 'products', 'nowhere', 'constructor', 'toString');
  const text = fc.string({ minLength: 1, maxLength: 20 }).map((some) => `x${some.slice(1)}`);
  const value = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
  const bound = fc.oneof(fc.integer(), fc.integer({ min: 0, max: 4_000_000_000_000 }).map(toInstant));
  const rule = fc.oneof(
    fc.record({ field, test: fc.constantFrom('present', 'absent') }),
    fc.record({ field, test: fc.constant('equals'), value }),
    fc.record({ field, test: fc.constant('one-of'), values: fc.array(value, { minLength: 1, maxLength: 4 }) }),
    fc.record({ field, test: fc.constantFrom('starts-with', 'ends-with', 'contains'), value: text }),
    fc.record({ field, test: fc.constantFrom('at-least', 'at-most', 'more-than', 'less-than'), value: bound }),
    fc.record({ field, test: fc.constant('between'), from: bound, to: bound }),
    fc.record({ field, test: fc.constantFrom('within-days', 'not-within-days'), days: fc.integer({ min: 0, max: 3650 }) }),
  );
  const { asked } = fc.letrec((tie) => ({
    asked: fc.oneof(
      { maxDepth: 4 },
      rule,
      fc.record({ all: fc.array(tie('asked'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('asked'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('asked') }),
    ),
  }));
  const known = fc.oneof(
    value,
    bound,
    fc.constant(null),
    fc.constant(undefined),
    fc.constant(Number.NaN),
    fc.array(fc.string(), { maxLength: 3 }),
  );
  const facts = fc.dictionary(field, known);

  const isExplained = (verdict: z.infer<typeof verdictShape>): boolean =>
    inWords(parsed(verdict.condition)) !== '' &&
    (verdict.because === undefined ? verdict.field !== undefined : verdict.because.length > 0 && verdict.because.every(isExplained));
  type Shape = {
    answer: TruthValue;
    condition?: unknown;
    field?: string | undefined;
    seen?: unknown;
    joined?: 'all' | 'any' | 'not' | undefined;
    because?: Shape[] | undefined;
  };
  const verdictShape: z.ZodType<Shape> = z.lazy(() =>
    z.strictObject({
      answer: z.enum(['yes', 'no', 'unknown']),
      condition: z.unknown(),
      field: z.string().optional(),
      seen: z.unknown().optional(),
      joined: z.enum(['all', 'any', 'not']).optional(),
      because: z.array(verdictShape).optional(),
    }),
  );

  it('gives the same answer with reasons for the same facts, whatever they are', () => {
    fc.assert(
      fc.property(asked, facts, (given, about) => {
        const verdict = judge(parsed(given), about, now);
        expect(isExplained(verdictShape.parse(verdict))).toBe(true);
        expect(judge(parsed(given), about, now)).toEqual(verdict);
        expect(verdict.condition).toEqual(parsed(given));
      }),
      { numRuns: 500 },
    );
  });

  it('that does not fit the schema is refused with a message', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ all: fc.array(fc.jsonValue()) }), fc.record({ not: fc.jsonValue() })), (given) => {
        expect(predicate.safeParse(given).error?.issues.every((issue) => issue.message !== '')).toBe(true);
      }),
    );
  });

  it('obeys double negation and De Morgan’s law', () => {
    fc.assert(
      fc.property(rule, rule, facts, (a, b, about) => {
        expect(answer({ not: { not: a } }, about)).toBe(answer(a, about));
        expect(answer({ not: { all: [a, b] } }, about)).toBe(answer({ any: [{ not: a }, { not: b }] }, about));
      }),
    );
  });
});
