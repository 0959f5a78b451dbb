import { judge, languages, predicate, toInstant, type Facts } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldInWords } from './field-words.ts';
import { leadFieldTypes, touchFieldTypes } from '../../scoring/domain/lead-facts.ts';
import { missingInWords, seenInWords, verdictInWords } from './verdict-words.ts';

const now = toInstant('2026-03-02T09:00:00Z');
const locale = { language: 'en', zone: 'Europe/Berlin' } as const;
const judged = (asked: unknown, facts: Facts = {}) => judge(predicate.parse(asked), facts, now);
const need = { field: 'bant.need', test: 'present' };
const large = { field: 'employees', test: 'at-least', value: 50 };
const german = { field: 'country', test: 'equals', value: 'DE' };

describe('the explanation of a missing criterion', () => {
  it('lists each false condition if all must be true', () => {
    expect(missingInWords(judged({ all: [german, large, need] }, { country: 'DE', employees: 12 }), locale)).toBe(
      'number of employees is at least 50 (here: 12); need is known (not known so far)',
    );
  });

  it('lists the alternatives if one is enough', () => {
    expect(missingInWords(judged({ any: [need, large] }, { employees: 12 }), locale)).toBe(
      'need is known (not known so far), or number of employees is at least 50 (here: 12)',
    );
    expect(missingInWords(judged({ all: [german, { any: [need, large] }] }), locale)).toBe(
      'country is “DE” (not known so far); either need is known (not known so far), or number of employees is at least 50 (not known so far)',
    );
  });

  it('gives the whole condition if it must not be true', () => {
    expect(missingInWords(judged({ not: german }, { country: 'DE' }), locale)).toBe('not (country is “DE”) (here: country: DE)');
  });

  it('is never empty unless the criterion is met', () => {
    const leaf = fc.constantFrom(need, large, german);
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.record({ not: tie('tree') }),
        fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.record({ employees: fc.option(fc.nat(99)), country: fc.constantFrom('DE', 'FR', null) }), (asked, facts) => {
        const verdict = judged(asked, facts);
        fc.pre(verdict.answer !== 'yes');
        expect(missingInWords(verdict, locale)).toMatch(/\((here: .+|not known so far)\)/);
      }),
    );
  });
});

describe('a predicate in words', () => {
  it.each([
    [{ field: 'email.business', test: 'equals', value: true }, 'e-mail address is a company’s'],
    [{ field: 'business.email', test: 'equals', value: false }, 'e-mail address is not a company’s'],
    [{ field: 'kind', test: 'equals', value: 'form' }, 'sent a form'],
    [{ field: 'kind', test: 'equals', value: 'webinar' }, 'kind of contact is “webinar”'],
    [{ field: 'touched.last', test: 'within-days', days: 14 }, 'last contact is not older than 14 days'],
    [{ field: 'custom.interest', test: 'equals', value: 'saws' }, 'interest is “saws”'],
    [{ field: 'number.employees', test: 'at-most', value: 9 }, 'number of employees is at most 9'],
  ])('reads in the words of sales, %#', (asked, words) => {
    expect(verdictInWords(judged(asked), locale).rule).toBe(words);
  });

  it('shows no internal field key', () => {
    const fields = [...Object.keys(leadFieldTypes), ...Object.keys(touchFieldTypes)].filter((field) => !field.endsWith('*'));
    expect(
      fields.flatMap((field) => languages.map((language) => fieldInWords(field, language))).filter((name) => name.includes('.')),
    ).toEqual([]);
  });

  it('shows what was seen: yes and no, lists, and days in the company’s time zone', () => {
    const asked = { all: ['email.business', 'touches.kinds', 'touched.last'].map((field) => ({ field, test: 'present' })) };
    const facts = { 'email.business': false, 'touches.kinds': ['form', 'call'], 'touched.last': '2026-03-01T23:30:00.000Z' };
    expect(seenInWords(judged(asked, facts), locale)).toBe(
      'e-mail address of a company: no; kinds of contact: form, call; last contact: 2 March 2026',
    );
  });

  it('has no brackets around the whole', () => {
    expect(verdictInWords(judged({ all: [german, { any: [need, large] }] }), locale).rule).toBe(
      'country is “DE” and (need is known or number of employees is at least 50)',
    );
  });
});
