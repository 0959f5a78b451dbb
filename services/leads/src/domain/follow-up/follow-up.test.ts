import { addMillis, leadId, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { checkPlans, followUpPlan, planFor, type FollowUpPlan } from './follow-up-plan.ts';
import { lookAtFollowUp, startedFollowUp, stoppedFollowUp, variantOf, withDone } from './follow-up.ts';

const start = toInstant('2026-03-02T09:00:00Z');
const dayMinutes = 24 * 60;
const later = (minutes: number) => addMillis(start, minutes * 60_000);
const wording = (subject: string) => ({ subject, text: 'Good day' });
const plan = (changes: object = {}): FollowUpPlan =>
  followUpPlan.parse({
    planId: 'price',
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
const lead = (which: 'a' | 'b') =>
  leadId.parse(['l0', 'l1', 'l2', 'l3', 'l4', 'l5'].find((id) => variantOf('price', leadId.parse(id)) === which) ?? '');
const running = startedFollowUp(plan(), lead('a'), start);

describe('a follow-up', () => {
  it('orders each step once, when it is due', () => {
    const first = lookAtFollowUp(running, true, start);
    expect(first).toEqual({
      orders: [{ stepId: 'call', act: 'task', title: 'Call back' }],
      lookAgainAt: later(2 * dayMinutes),
      stop: null,
    });
    const called = withDone(running, first.orders);
    expect(lookAtFollowUp(called, true, later(2 * dayMinutes - 1)).orders).toEqual([]);
    expect(lookAtFollowUp(called, true, later(9 * dayMinutes))).toMatchObject({
      orders: [{ stepId: 'offer' }, { stepId: 'last' }],
      lookAgainAt: null,
    });
    expect(withDone(called, first.orders)).toEqual(called);
  });

  it('writes in the wording of the lead’s half, and in the only one where there is one', () => {
    const subjects = (which: 'a' | 'b') => lookAtFollowUp(startedFollowUp(plan(), lead(which), start), true, later(9 * dayMinutes)).orders.map((one) => (one.act === 'mail' ? one.subject : one.act)); // prettier-ignore
    expect([subjects('a'), subjects('b')]).toEqual([['task', 'An offer', 'Still interested?'], ['task', 'Our offer', 'Still interested?']]); // prettier-ignore
  });

  it('gives half of the leads each wording', () => {
    const ofA = Array.from({ length: 2000 }, (_, index) => variantOf('price', leadId.parse(`lead-${index}`))).filter((one) => one === 'a');
    expect(Math.abs(ofA.length - 1000)).toBeLessThan(100);
  });

  it('writes nobody who does not agree, but reminds the rep', () => {
    expect(lookAtFollowUp(running, false, start).orders).toHaveLength(1);
    expect(lookAtFollowUp(running, false, later(2 * dayMinutes))).toEqual({ orders: [], lookAgainAt: null, stop: 'consent-is-withdrawn' });
  });

  it('orders nothing once it has stopped, for the first reason', () => {
    const stopped = stoppedFollowUp(stoppedFollowUp(running, 'answered', start), 'by-hand', later(1));
    expect(stopped.stopped).toEqual({ at: start, reason: 'answered' });
    expect(lookAtFollowUp(stopped, true, later(9 * dayMinutes))).toEqual({ orders: [], lookAgainAt: null, stop: null });
  });
});

describe('plans', () => {
  const step = (id: string, afterMinutes: number) => ({ id, afterMinutes, act: 'task', title: 'Call' });
  it.each([
    ['a plan twice', [plan(), plan()], 'plan-is-there-twice'],
    ['a step twice', [plan({ steps: [step('a', 0), step('a', 1)] })], 'step-is-there-twice'],
    ['steps out of order', [plan({ steps: [step('a', 5), step('b', 1)] })], 'steps-are-out-of-order'],
    ['a mail without a purpose', [plan({ purpose: null })], 'purpose-is-missing'],
    ['a category that is none', [plan({ category: 'colour' })], 'category-is-unknown'],
  ])('with %s are refused', (_what, plans, code) => {
    expect(checkPlans(plans, ['price-problem'])?.code).toBe(code);
  });

  it('are chosen by category, else there may be one for every lead', () => {
    const plans = [plan(), plan({ planId: 'all', category: null })];
    expect(checkPlans(plans, ['price-problem'])).toBeUndefined();
    expect([planFor(plans, 'price-problem')?.planId, planFor(plans, 'other')?.planId, planFor(plans, null)?.planId]).toEqual([
      'price',
      'all',
      'all',
    ]);
    expect(planFor(plans.slice(0, 1), 'other')).toBeUndefined();
  });
});
