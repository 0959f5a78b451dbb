import { followUpSequence, type FollowUpSequence } from '@meilenstein/contracts';
import { addMillis, leadId, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { dueSteps, nextStepAt, startedFollowUp, stoppedFollowUp, withDone } from './follow-up.ts';
import { checkSequences, sequenceForLead, experimentOf, sequenceFor, variantOf } from './follow-up-sequence.ts';

const dayMinutes = 24 * 60;
const start = toInstant('2026-03-02T09:00:00Z');
const later = (minutes: number) => addMillis(start, minutes * 60_000);
const wording = (subject: string, text = 'Good day') => ({ subject, text });
const sequence = (changes: object = {}): FollowUpSequence =>
  followUpSequence.parse({
    sequenceId: 'price',
    name: 'Price',
    category: 'price-problem',
    purpose: 'newsletter',
    steps: [
      { id: 'call', afterMinutes: 0, act: 'task', title: 'Call back' },
      { id: 'offer', afterMinutes: 2 * dayMinutes, act: 'mail', a: wording('An offer'), b: wording('Our offer') },
      { id: 'last', afterMinutes: 7 * dayMinutes, act: 'mail', a: wording('Still interested?') },
    ],
    ...changes,
  });
const lead = leadId.parse('l1');
const running = startedFollowUp(sequenceForLead(sequence(), 3, lead), start);
const dueAt = (minutes: number, hasConsent = true) =>
  dueSteps(running, hasConsent, later(minutes)).map((one) => `${one.step.id} ${one.did} ${one.at}`);

describe('a follow-up sequence', () => {
  it('takes each step once, as of its own time', () => {
    expect(dueAt(2 * dayMinutes - 1)).toEqual([`call task ${start}`]);
    expect(dueAt(9 * dayMinutes)).toEqual([
      `call task ${start}`,
      `offer mail ${later(2 * dayMinutes)}`,
      `last mail ${later(7 * dayMinutes)}`,
    ]);
    const called = withDone(running, 'call');
    expect(dueSteps(called, true, later(2 * dayMinutes - 1))).toEqual([]);
    expect([nextStepAt(running), nextStepAt(called), nextStepAt(withDone(withDone(called, 'offer'), 'last'))]).toEqual([
      start,
      later(2 * dayMinutes),
      null,
    ]);
    expect(withDone(called, 'call')).toEqual(called);
  });

  it('sends no e-mail without consent, but still reminds the rep', () => {
    expect(dueAt(2 * dayMinutes, false)).toEqual([`call task ${start}`, `offer skipped ${later(2 * dayMinutes)}`]);
  });

  it('takes no step after it has stopped, keeps the first reason, and cannot stop once it is finished', () => {
    const stopped = stoppedFollowUp(stoppedFollowUp(running, 'answered', start), 'another-sequence', later(1));
    expect(stopped.stopped).toEqual({ at: start, reason: 'answered' });
    expect([dueSteps(stopped, true, later(9 * dayMinutes)), nextStepAt(stopped)]).toEqual([[], null]);
    const through = ['call', 'offer', 'last'].reduce(withDone, running);
    expect(stoppedFollowUp(through, 'answered', later(9 * dayMinutes))).toEqual(through);
  });

  it('contains no texts, which stay with the version of the sequences', () => {
    expect(JSON.stringify(sequenceForLead(sequence(), 3, lead))).not.toMatch(/Call back|offer"?,"text|Good day/);
  });
});

describe('two wordings', () => {
  it('go to half of the leads each, a different half for each sequence, always in the same way', () => {
    const ids = Array.from({ length: 2000 }, (_, index) => leadId.parse(`lead-${index}`));
    const ofA = ids.filter((id) => variantOf('price', id) === 'a');
    expect(Math.abs(ofA.length - 1000)).toBeLessThan(100);
    expect(Math.abs(ofA.filter((id) => variantOf('other', id) === 'a').length - ofA.length / 2)).toBeLessThan(80);
  });

  it('become a new experiment if one of them changes, and a single wording is no experiment', () => {
    const [, offer] = sequence().steps;
    const only = sequence({ steps: [{ ...offer, b: null }] });
    const reworded = sequence({ steps: [{ ...offer, b: wording('Our offer', 'Hello') }] });
    expect(experimentOf(only)).toBeNull();
    expect(experimentOf(sequence())).toBe(experimentOf(sequence({ name: 'Renamed' })));
    expect(experimentOf(reworded)).not.toBe(experimentOf(sequence()));
  });
});

describe('follow-up sequences', () => {
  const step = (id: string, afterMinutes: number) => ({ id, afterMinutes, act: 'task', title: 'Call' });
  const large = { subject: 'x', text: 'y'.repeat(5000) };
  const many = Array.from({ length: 30 }, (_, index) => ({ id: `m${index}`, afterMinutes: index, act: 'mail', a: large, b: large }));
  it.each([
    ['a duplicate sequence', [sequence(), sequence()], 'duplicate-sequence'],
    ['a duplicate step', [sequence({ steps: [step('a', 0), step('a', 1)] })], 'duplicate-step'],
    ['steps out of order', [sequence({ steps: [step('a', 5), step('b', 1)] })], 'steps-out-of-order'],
    ['an e-mail without a purpose', [sequence({ purpose: null })], 'purpose-missing'],
    ['an unknown category', [sequence({ category: 'colour' })], 'category-not-found'],
    ['an unknown reason for disqualification', [sequence({ status: 'disqualified', category: 'colour' })], 'category-not-found'],
    [
      'more text than a document can hold',
      [sequence({ sequenceId: 'x', steps: many }), sequence({ sequenceId: 'y', steps: many })],
      'sequences-too-large',
    ],
  ])('with %s are refused', (_what, sequences, code) => {
    expect(checkSequences(sequences, ['price-problem'])?.code).toBe(code);
  });

  it('are chosen by category, else the one without a category', () => {
    const sequences = [sequence(), sequence({ sequenceId: 'all', category: null })];
    const chosen = (category: string | null) => sequenceFor(sequences, { category, status: 'new' })?.sequenceId;
    expect(checkSequences(sequences, ['price-problem'])).toBeUndefined();
    expect([chosen('price-problem'), chosen('other'), chosen(null)]).toEqual(['price', 'all', 'all']);
    expect(sequenceFor(sequences.slice(0, 1), { category: 'other', status: 'new' })).toBeUndefined();
  });

  it('for a status take precedence, and a disqualified lead gets only those for that status', () => {
    const sequences = [
      sequence({ sequenceId: 'all', category: null }),
      sequence({ sequenceId: 'mql', category: null, status: 'mql' }),
      sequence({ sequenceId: 'lost', status: 'disqualified' }),
    ];
    const chosen = (status: string, category: string | null = null) => sequenceFor(sequences, { category, status })?.sequenceId;
    expect([chosen('new'), chosen('mql'), chosen('disqualified'), chosen('disqualified', 'price-problem')]).toEqual([
      'all',
      'mql',
      undefined,
      'lost',
    ]);
  });
});
