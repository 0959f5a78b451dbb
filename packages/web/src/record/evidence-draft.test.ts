import { describe, expect, it } from 'vitest';
import { actFor, bodyOf, instantOf, type EvidenceDraft } from './evidence-draft.ts';

const milestone = { id: 'plant-shown', name: { de: 'Werk gezeigt', en: 'Plant shown' }, provenBy: ['did' as const] };
const draft: EvidenceDraft = {
  milestoneId: 'plant-shown',
  channel: 'meeting',
  day: '2026-11-30',
  role: 'engineer',
  quote: ' Gut. ',
  amount: '',
};
const about = { milestone, currency: 'EUR', occurredAt: '2026-11-30T09:00:00Z' };

describe('the act that a way of contact stands for', () => {
  it.each([
    ['meeting', ['did'], 'did'],
    ['meeting', ['said', 'wrote'], 'said'],
    ['email', ['said', 'wrote'], 'wrote'],
    ['call', ['wrote'], undefined],
    ['contract', ['wrote'], 'wrote'],
  ] as const)('%s where %s proves it: %s', (channel, provenBy, act) => expect(actFor(channel, provenBy)).toBe(act));
});

describe('what is sent', () => {
  it('has act, channel, role, time and the customer’s words', () => {
    expect(bodyOf(draft, about)).toEqual({
      milestoneId: 'plant-shown',
      evidence: {
        act: 'did',
        by: { party: 'customer', role: 'engineer' },
        occurredAt: about.occurredAt,
        channel: 'meeting',
        quote: 'Gut.',
      },
    });
  });

  it('has the amount of the order', () => {
    expect(bodyOf({ ...draft, amount: '1234.50' }, about)).toMatchObject({ amount: { amount: '1234.50', currency: 'EUR' } });
  });

  it.each([{ channel: null }, { channel: 'email' as const }, { role: '  ' }])('waits while something is missing: %o', (missing) => {
    expect(bodyOf({ ...draft, ...missing }, about)).toBeUndefined();
  });
});

describe('the time of an act', () => {
  const clock = { today: '2026-11-30', now: '2026-11-30T15:04:05Z', zone: 'Europe/Berlin' };
  it('is now today', () => expect(instantOf('2026-11-30', clock)).toBe(clock.now));
  it('is noon in the company’s zone on an earlier day', () => expect(instantOf('2026-11-27', clock)).toBe('2026-11-27T11:00:00.000Z'));
  it('is noon also on the day when the clocks change', () => expect(instantOf('2026-10-25', clock)).toBe('2026-10-25T11:00:00.000Z'));
});
