import { exclusionCode } from '@meilenstein/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passedOverOf } from './passed-over.ts';

describe('passedOverOf', () => {
  it('names no kind of reason in a small team, where a kind would reveal who is meant', () => {
    expect(passedOverOf({ eligible: 2, excludedBy: { 'lacks-the-language': 2, 'is-absent': 1 } })).toEqual({ count: 3, byKind: {} });
    expect(passedOverOf({ eligible: 1, excludedBy: { 'lacks-a-skill': 30 } })).toEqual({ count: 30, byKind: {} });
  });

  it('counts by kind of reason if at least five share it and at least five others do not', () => {
    const excludedBy = { 'is-in-another-team': 20, 'covers-another-territory': 2, 'lacks-a-skill': 6, 'is-absent': 1, 'is-at-capacity': 7 };
    const byKind = { 'team-or-territory': 22, 'skills-or-languages': 6, other: 8 };
    expect(passedOverOf({ eligible: 3, excludedBy })).toEqual({ count: 36, byKind });
  });

  it('says nothing about skills if everybody who works there lacks them', () => {
    expect(passedOverOf({ eligible: 1, excludedBy: { 'is-in-another-team': 20, 'lacks-a-skill': 6 } }).byKind).toEqual({
      'team-or-territory': 20,
      other: 6,
    });
  });

  it('does not count people who have left, have not started or do not sell', () => {
    expect(passedOverOf({ eligible: 2, excludedBy: { 'belongs-to-no-team': 7, 'does-not-sell': 3, 'is-absent': 1 } }).count).toBe(1);
  });

  it('never reveals who is absent, full or off duty, and names no kind of fewer than five', () => {
    const counts = fc.record(Object.fromEntries(exclusionCode.options.map((code) => [code, fc.integer({ min: 0, max: 12 })])));
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 12 }), (excludedBy, eligible) => {
        const said = passedOverOf({ eligible, excludedBy });
        const [absent, full] = [excludedBy['is-absent'] ?? 0, excludedBy['is-at-capacity'] ?? 0];
        expect(passedOverOf({ eligible, excludedBy: { ...excludedBy, 'is-absent': full, 'is-at-capacity': absent } })).toEqual(said);
        const { other = 0, ...told } = said.byKind;
        expect(Math.min(5, ...Object.values(told))).toBe(5);
        expect(Object.values(told).reduce((sum, one) => sum + one, 0) + other).toBe(Object.keys(told).length === 0 ? 0 : said.count);
      }),
    );
  });
});
