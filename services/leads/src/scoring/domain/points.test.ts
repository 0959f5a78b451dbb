import type { PersonFields, PointsRule } from '@meilenstein/contracts';
import { leadId, sourceId, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { firstNumber } from '../../identity/domain/first-number.ts';
import { noPoints, scoringOf } from './points.ts';
import { leadFacts } from './lead-facts.ts';
import { scoreLead } from './score-lead.ts';

const rule = (about: Partial<PointsRule>): PointsRule => ({ id: 'r', field: 'email', test: 'present', points: 10, ...about });
const now = toInstant('2026-03-02T09:00:00Z');
const score = (fields: PersonFields, ...rules: readonly PointsRule[]) => {
  const scoring = scoringOf({ version: 1, rules: [...rules], scoring: null });
  const facts = leadFacts({
    leadId: leadId.parse('l'),
    fields,
    sourceId: sourceId.parse('s'),
    capturedAt: now,
    touches: [],
    bant: {},
    consents: [],
  });
  return scoring === null ? null : scoreLead(scoring.rules, facts, [], now);
};

describe('the score from points', () => {
  it('is null while no table is published', () => {
    expect(scoringOf(noPoints)).toBeNull();
  });

  it.each<[string, Partial<PointsRule>, PersonFields, number]>([
    ['a filled field', { field: 'phone' }, { phone: '030' }, 10],
    ['a field of spaces', { field: 'phone' }, { phone: '  ' }, 0],
    ['an equal value in another case', { field: 'country', test: 'equals', value: 'DE' }, { country: ' de ' }, 10],
    ['another value', { field: 'country', test: 'equals', value: 'DE' }, { country: 'AT' }, 0],
    ['a business domain', { test: 'business-domain' }, { email: 'a@mills.example' }, 10],
    ['a free-mail domain', { test: 'business-domain' }, { email: 'a@GMX.de' }, 0],
    ['no e-mail at all', { test: 'business-domain' }, {}, 0],
    ['enough employees', { field: 'employees', test: 'at-least', value: '50' }, { employees: '51-200' }, 10],
    ['too few employees', { field: 'employees', test: 'at-least', value: '50' }, { employees: '49' }, 0],
    ['employees in words', { field: 'employees', test: 'at-least', value: '50' }, { employees: 'many' }, 0],
  ])('counts the points for %s', (_what, about, fields, expected) => {
    expect(score(fields, rule(about))?.score).toBe(expected);
  });

  it('names the rules that fired and stays between 0 and 100', () => {
    const fields = { email: 'a@b.example' };
    expect(score(fields, rule({ id: 'a', points: 70 }), rule({ id: 'b', points: 70 }), rule({ id: 'c', field: 'phone' }))).toMatchObject({
      score: 100,
      rules: [{ id: 'a' }, { id: 'b' }],
    });
    expect(score(fields, rule({ points: -40 }))?.score).toBe(0);
  });

  it('understands numbers as people write them', () => {
    expect(['1.000 people', "1'200", '10,000+', '51–200', 'none'].map(firstNumber)).toEqual([1000, 1200, 10_000, 51, undefined]);
  });
});
