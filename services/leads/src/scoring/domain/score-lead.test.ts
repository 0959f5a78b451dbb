import { scoringRules, defaultGrades, type ScoringRules } from '@meilenstein/contracts';
import { addMillis, predicate, sourceId, toInstant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Touch } from './lead-facts.ts';
import { gradeOf, scoreLead } from './score-lead.ts';
import { checkScoring } from './scoring-rules.ts';

const now = toInstant('2026-03-31T12:00:00Z');
const dayMillis = 86_400_000;
const touch = (daysAgo: number, kind = 'form'): Touch => ({
  kind,
  sourceId: sourceId.parse('s'),
  at: addMillis(now, -daysAgo * dayMillis),
});
const forms = {
  id: 'forms',
  when: predicate.parse({ field: 'kind', test: 'equals', value: 'form' }),
  points: 10,
  halfLifeDays: 10,
  atMost: 25,
};
const german = { id: 'german', when: predicate.parse({ field: 'country', test: 'equals', value: 'DE' }), points: 30 };
const rules = (changes: Partial<ScoringRules> = {}): ScoringRules => ({
  fit: [german],
  engagement: [forms],
  grades: defaultGrades,
  ...changes,
});

describe('the points of a lead', () => {
  it('name each rule that fired, with its points and the reason', () => {
    expect(scoreLead(rules(), { country: 'DE' }, [touch(0), touch(10)], now)).toEqual({
      score: 45,
      grade: 'C',
      fit: 30,
      engagement: 15,
      rules: [
        { id: 'german', points: 30, because: 'country is “DE”' },
        { id: 'forms', points: 15, because: 'kind is “form”: 2 times, half as much after 10 days, at most 25' },
      ],
    });
  });

  it.each([
    ['today', [0], 10],
    ['a half-life ago', [10], 5],
    ['two half-lives ago', [20], 3],
    ['long ago', [100], 0],
    ['tomorrow', [-1], 0],
    ['again and again', [0, 0, 0, 0], 25],
  ])('decay by half-lives for a form sent %s', (_when, ages, points) => {
    expect(
      scoreLead(
        rules(),
        {},
        ages.map((age) => touch(age)),
        now,
      ).engagement,
    ).toBe(points);
  });

  it('count neither a touchpoint that no rule matches nor an unknown country', () => {
    expect(scoreLead(rules(), {}, [touch(0, 'mail-opened')], now)).toMatchObject({ score: 0, rules: [], grade: 'D' });
  });

  it('stay between 0 and 100 and never rise while nothing happens', () => {
    const some = fc.array(fc.nat(400), { maxLength: 12 });
    fc.assert(
      fc.property(some, fc.nat(300), fc.integer({ min: 1, max: 100 }), (ages, later, points) => {
        const given = rules({ engagement: [{ ...forms, points }] });
        const [at, then] = [now, addMillis(now, later * dayMillis)].map(
          (when) =>
            scoreLead(
              given,
              { country: 'DE' },
              ages.map((age) => touch(age)),
              when,
            ).score,
        );
        expect(then ?? 0).toBeLessThanOrEqual(at ?? 0);
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('become a grade by configurable ranges', () => {
    expect([100, 75, 74, 50, 49, 25, 24, 0].map((score) => gradeOf(score, defaultGrades)).join('')).toBe('AABBCCDD');
    expect(gradeOf(60, { a: 60, b: 30, c: 10 })).toBe('A');
  });
});

describe('a table of points', () => {
  it.each([
    ['an id twice', { engagement: [{ ...forms, id: 'german' }] }, 'duplicate-rule', 'german'],
    ['a rule without points', { fit: [{ ...german, points: 0 }] }, 'rule-without-points', 'german'],
    ['grades out of order', { grades: { a: 50, b: 50, c: 10 } }, 'grades-out-of-order', undefined],
    [
      'an unknown field',
      { fit: [{ ...german, when: predicate.parse({ field: 'contry', test: 'present' }) }] },
      'field-not-found',
      'contry',
    ],
    ['a lead’s field asked of a touch', { engagement: [{ ...forms, when: german.when }] }, 'field-not-found', 'country'],
  ])('is refused with %s', (_what, changes, code, value) => {
    const refusal = checkScoring(rules(changes));
    expect([refusal?.code, refusal?.value]).toEqual([code, value]);
  });

  it('can be published if it is valid', () => {
    expect(checkScoring(scoringRules.parse({ fit: [german], engagement: [forms] }))).toBeUndefined();
  });
});
