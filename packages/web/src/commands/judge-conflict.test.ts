import { describe, expect, it } from 'vitest';
import { judgeConflict } from './judge-conflict.ts';

const milestones = 'POST /opportunities/{opportunityId}/milestones';
const amend = 'POST /opportunities/{opportunityId}/amend';
const open = { status: 'open', milestones: [], amount: { amount: '1.00', currency: 'EUR' }, segment: 'a' };

describe('a command that comes too late', () => {
  it.each([
    [
      'the same milestone was recorded by somebody else',
      milestones,
      { milestoneId: 'demo' },
      { ...open, milestones: [{ milestoneId: 'demo' }] },
      'done-already',
    ],
    [
      'another milestone was recorded',
      milestones,
      { milestoneId: 'demo' },
      { ...open, milestones: [{ milestoneId: 'need' }] },
      'still-meant',
    ],
    ['the opportunity was lost', milestones, { milestoneId: 'demo' }, { ...open, status: 'lost' }, 'decide-again'],
    ['another field was changed', amend, { segment: 'b' }, { ...open, amount: { amount: '2.00', currency: 'EUR' } }, 'still-meant'],
    ['the same field got the same value', amend, { segment: 'b' }, { ...open, segment: 'b' }, 'done-already'],
    ['the same field got another value', amend, { segment: 'b' }, { ...open, segment: 'c' }, 'decide-again'],
    ['it was lost already', 'POST /opportunities/{opportunityId}/lose', { reason: 'price' }, { ...open, status: 'lost' }, 'done-already'],
    ['there is no rule for it', 'PUT /settings', {}, {}, 'decide-again'],
  ])('%s', (...[, key, asked, now, judgement]) => {
    expect(judgeConflict(key, asked, { before: open, now })).toBe(judgement);
  });
});
