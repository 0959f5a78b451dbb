import { criteria, segment, type Criteria } from '@meilenstein/contracts';
import { day, leadId, predicate, sourceId, toInstant, type Facts } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { fillSlot } from './bant.ts';
import { leadFacts, type Situation } from '../../scoring/domain/lead-facts.ts';
import { checkCriteria, newlyReached, qualify } from './qualification.ts';
import { previewSegment, segmentsOf } from './segments.ts';

const now = toInstant('2026-03-31T12:00:00Z');
const today = day.parse('2026-03-31');
const situation = (changes: Partial<Situation> = {}): Situation => ({
  leadId: leadId.parse('l1'),
  fields: { email: 'Ann@Mills.example', country: 'Deutschland', employees: '51-200', custom: { machine: 'saw' } },
  sourceId: sourceId.parse('fair'),
  capturedAt: now,
  touches: [{ kind: 'form', sourceId: sourceId.parse('fair'), at: now }],
  bant: {},
  consents: ['newsletter'],
  ...changes,
});
const rules: Criteria = criteria.parse({
  mql: { field: 'touches', test: 'at-least', value: 1 },
  sql: {
    intent: {
      any: [
        { field: 'bant.need', test: 'present' },
        { field: 'touches.kinds', test: 'equals', value: 'quote-requested' },
      ],
    },
    fit: {
      all: [
        { field: 'country', test: 'one-of', values: ['DE', 'AT'] },
        { field: 'employees', test: 'at-least', value: 50 },
      ],
    },
  },
  categories: [
    { id: 'price-problem', title: 'Has a problem with the price', when: { field: 'message', test: 'contains', value: 'expensive' } },
    { id: 'saws', title: 'Asks for saws', when: { field: 'custom.machine', test: 'equals', value: 'Saw' } },
  ],
});
const said = { value: 'a second saw', evidence: 'mail-17', on: today };
const need = { ...said, recordedAt: now };
const stageOf = (facts: Facts) => qualify(rules, facts, now).stage;

describe('the facts of a lead', () => {
  it('contain what was typed and what is derived from it', () => {
    expect(leadFacts(situation())).toMatchObject({
      country: 'DE',
      employees: { from: 51, to: 200, typed: '51-200' },
      'email.domain': 'mills.example',
      'email.business': true,
      'custom.machine': 'saw',
      'text.country': 'Deutschland',
      touches: 1,
      'touched.last': now,
      source: 'fair',
      consents: ['newsletter'],
    });
  });
});

describe('the qualification of a lead', () => {
  it('is MQL by interest, and SQL only by intent and profile together', () => {
    expect(stageOf(leadFacts(situation({ touches: [] })))).toBeNull();
    expect(stageOf(leadFacts(situation()))).toBe('mql');
    expect(stageOf(leadFacts(situation({ bant: { need } })))).toBe('sql');
    expect(stageOf(leadFacts(situation({ bant: { need }, fields: { country: 'FR', employees: '200' } })))).toBe('mql');
  });

  it('names the missing part', () => {
    const { intent, fit } = qualify(rules, leadFacts(situation()), now);
    expect([intent?.answer, fit?.answer]).toEqual(['no', 'yes']);
    expect(intent?.because?.[0]).toEqual({
      answer: 'no',
      condition: { field: 'bant.need', test: 'present' },
      field: 'bant.need',
      seen: null,
    });
  });

  it('takes the first category whose predicate is true', () => {
    expect(qualify(rules, leadFacts(situation()), now).category).toBe('saws');
    expect(qualify(rules, leadFacts(situation({ fields: { message: 'Too EXPENSIVE' } })), now).category).toBe('price-problem');
    expect(qualify(rules, leadFacts(situation({ fields: {} })), now).category).toBeNull();
  });

  it('reaches each stage once, and reaches MQL too when it becomes SQL at once', () => {
    expect(newlyReached({}, 'sql')).toEqual(['mql', 'sql']);
    expect(newlyReached({ mql: { at: now, version: 1 } }, 'sql')).toEqual(['sql']);
    expect(newlyReached({ mql: { at: now, version: 1 }, sql: { at: now, version: 2 } }, 'mql')).toEqual([]);
    expect(newlyReached({}, null)).toEqual([]);
  });
});

describe('qualification criteria', () => {
  const wrong = (changes: object) => checkCriteria({ ...rules, ...changes });
  const fit = rules.sql.fit;
  it.each([
    ['no intent', { sql: { fit } }, 'intent-missing', 'sql.intent'],
    ['an intent that asks only for the profile', { sql: { intent: fit, fit } }, 'intent-missing', 'sql.intent'],
    ['no profile', { sql: { intent: rules.sql.intent } }, 'fit-missing', 'sql.fit'],
    ['an unknown field', { mql: predicate.parse({ field: 'visits', test: 'present' }) }, 'field-not-found', 'mql.field'],
    ['a category twice', { categories: [...rules.categories, ...rules.categories] }, 'duplicate-category', 'categories'],
  ])('with %s are refused', (_what, changes, code, field) => {
    const refusal = wrong(changes);
    expect([refusal?.code, refusal?.field]).toEqual([code, field]);
  });

  it('can be published if they are valid', () => {
    expect(checkCriteria(rules)).toBeUndefined();
  });
});

describe('a slot of BANT', () => {
  it.each([
    ['a value', { value: ' ' }, 'value-missing'],
    ['evidence', { evidence: '' }, 'evidence-missing'],
    ['a day', { on: undefined }, 'date-missing'],
    ['a day in the past', { on: day.parse('2026-04-01') }, 'date-in-future'],
    ['a plausible day', { on: day.parse('1026-02-20') }, 'date-too-old'],
  ])('refuses an entry without %s', (_what, changes, code) => {
    expect(fillSlot({}, { slot: 'need', ...said, ...changes }, today)).toMatchObject({ refused: { code } });
  });

  it('is filled together with its proof, and repeating it changes nothing', () => {
    expect(fillSlot({}, { slot: 'need', ...said }, today)).toEqual({ answer: said });
    expect(fillSlot({ need }, { slot: 'need', ...said }, today)).toEqual({ answer: null });
    expect(fillSlot({ need }, { slot: 'need', ...said, value: 'two saws' }, today)).toEqual({ answer: { ...said, value: 'two saws' } });
  });
});

describe('a segment', () => {
  const of = (segmentId: string, when: unknown) => segment.parse({ segmentId, name: segmentId, kind: 'geographic', when });
  const german = of('german', { field: 'country', test: 'equals', value: 'DE' });
  const large = of('large', { field: 'employees', test: 'at-least', value: 100 });
  const leads = [
    ['a', { country: 'DE', employees: 500 }],
    ['b', { country: 'DE', employees: 5 }],
    ['c', { country: 'FR', employees: 900 }],
    ['d', {}],
  ] as const;
  const facts = leads.map(([id, about]) => ({ leadId: leadId.parse(id), facts: about }));

  it('shows its size and overlaps before it is saved', () => {
    expect(previewSegment(german, [german, large], facts, now)).toEqual({
      size: 2,
      total: 4,
      undecided: 1,
      examples: ['a', 'b'],
      overlaps: [{ segmentId: 'large', name: 'large', size: 2, shared: 1, share: 0.5 }],
    });
  });

  it('without members has no share', () => {
    expect(
      previewSegment(of('none', { field: 'country', test: 'equals', value: 'XX' }), [large], facts, now).overlaps[0]?.share,
    ).toBeNull();
  });

  it('contains a lead as long as its predicate is true', () => {
    expect(segmentsOf([german, large], { country: 'DE', employees: 100 }, now)).toEqual(['german', 'large']);
    expect(segmentsOf([german, large], { employees: 9 }, now)).toEqual([]);
  });
});
