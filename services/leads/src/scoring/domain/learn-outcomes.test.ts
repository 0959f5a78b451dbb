import { itemLimits } from '@meilenstein/contracts';
import { addMillis, leadId, sourceId, toInstant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatedFacts } from './first-fill.ts';
import { learnOutcomes, initialLearning, scoreByLearned, type EndedLead } from './learn-outcomes.ts';
import { mergeOutcome, learnableFrom, type ReceivedOutcome, type LeadOutcome } from './lead-outcome.ts';

const start = toInstant('2026-01-01T00:00:00Z');
const dayMillis = 86_400_000;
const at = (day: number) => addMillis(start, day * dayMillis);
const id = (n: number) => leadId.parse(`lead-${String(n).padStart(3, '0')}`);

const ended = (n: number, won: boolean, facts: DatedFacts): EndedLead => ({
  leadId: id(n),
  sourceId: sourceId.parse('form'),
  won,
  endedAt: at(n + 10),
  facts,
});
const known = (value: string, day: number) => ({ value, firstFilledAt: at(day) });
/** Every other lead is won, and those are large; the reason is filled when the end is known. */
const leads = Array.from({ length: 120 }, (_, n) => {
  const won = n % 2 === 0;
  return ended(n, won, { size: known(won ? 'large' : 'small', n), reason: known(won ? 'they ordered' : 'too dear', n + 10) });
});

describe('learning from closed leads', () => {
  it('gives no score below 40 won and 40 lost leads, and then separates large from small companies', () => {
    const { after, predictions } = learnOutcomes(initialLearning, leads);
    expect(predictions.findIndex((one) => one.probability !== null)).toBe(80);
    const probability = (size: string): number => {
      const score = scoreByLearned(after, { size: known(size, 200) }, at(201));
      return score.status === 'scored' ? score.probability : Number.NaN;
    };
    expect(probability('large')).toBeGreaterThan(0.8);
    expect(probability('small')).toBeLessThan(0.2);
  });

  it('keeps apart and counts only so many fields, the first ones that come, whatever forms send', () => {
    const many = leads.map((lead, n) => ({
      ...lead,
      facts: { ...lead.facts, ...Object.fromEntries(Array.from({ length: 10 }, (_, m) => [`field-${n}-${m}`, known('x', n)])) },
    }));
    const { after } = learnOutcomes(initialLearning, many);
    expect(Object.keys(after.fills)).toHaveLength(itemLimits.countedFields);
    expect(Object.keys(after.model.columns)).toHaveLength(itemLimits.learnedFields);
    expect(Object.keys(after.model.columns)).toContain('size');
  });

  it('ignores a field that is filled because the outcome is known, and also whether it is blank', () => {
    const { after } = learnOutcomes(initialLearning, leads);
    const score = scoreByLearned(after, { size: known('large', 200), reason: known('they ordered', 200) }, at(201));
    expect(score.status === 'scored' && score.contributions.map((one) => one.field)).toEqual(['size']);
    expect(Object.keys(after.model.weights).filter((name) => name.startsWith('reason'))).toEqual([]);
  });

  it('drops a learned field that turns out to be filled late', () => {
    const early = leads.map((lead) => ({ ...lead, facts: { ...lead.facts, hint: known('yes', 0) } }));
    const late = Array.from({ length: 20 }, (_, n) => ended(200 + n, true, { hint: known('yes', 210 + n) }));
    const { after: before } = learnOutcomes(initialLearning, early);
    expect(Object.keys(before.model.columns)).toContain('hint');
    const { after } = learnOutcomes(before, late);
    expect(Object.keys(after.model.columns)).not.toContain('hint');
  });

  it('does not depend on the order of a batch', () => {
    const whole = JSON.stringify(learnOutcomes(initialLearning, leads).after);
    fc.assert(
      fc.property(fc.shuffledSubarray(leads, { minLength: leads.length }), (shuffled) => {
        expect(JSON.stringify(learnOutcomes(initialLearning, shuffled).after)).toBe(whole);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the outcome of a lead', () => {
  const heard = fc.record({
    leadId: fc.constant(id(1)),
    cause: fc.constantFrom('opportunity-won' as const, 'opportunity-lost' as const, 'disqualified' as const),
    endedAt: fc.integer({ min: 0, max: 9 }).map(at),
  });
  const joined = (words: readonly ReceivedOutcome[]): LeadOutcome | undefined =>
    words.reduce<LeadOutcome | undefined>(mergeOutcome, undefined);

  it('is the same for any order and repetition of its events', () => {
    fc.assert(
      fc.property(fc.array(heard, { minLength: 1, maxLength: 6 }), (words) => {
        expect(joined([...words, ...words].toReversed())).toEqual(joined(words));
      }),
    );
  });

  it('is the order if there is one, and stays as it was learned', () => {
    const say = (cause: ReceivedOutcome['cause'], day: number): ReceivedOutcome => ({ leadId: id(1), cause, endedAt: at(day) });
    expect(joined([say('disqualified', 1), say('opportunity-lost', 2), say('opportunity-won', 3)])).toMatchObject({
      cause: 'opportunity-won',
      endedAt: at(3),
    });
    const learned = { at: at(9), sourceId: sourceId.parse('form'), probability: null };
    const before: LeadOutcome = { ...say('opportunity-lost', 2), learned };
    expect(mergeOutcome(before, say('opportunity-won', 3))).toBe(before);
  });

  it('may be learned 30 days after a disqualification, and otherwise at once', () => {
    expect(learnableFrom({ leadId: id(1), cause: 'disqualified', endedAt: at(0) })).toBe(at(30));
    expect(learnableFrom({ leadId: id(1), cause: 'opportunity-lost', endedAt: at(0) })).toBe(at(0));
  });
});
