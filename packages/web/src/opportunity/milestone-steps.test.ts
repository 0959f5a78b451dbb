import { describe, expect, it } from 'vitest';
import { stepsOf } from './milestone-steps.ts';

const milestones = [{ id: 'need' }, { id: 'demo' }, { id: 'order' }];
const about = { openedAt: '2026-11-01T10:00:00Z', nextMilestoneId: 'demo', zone: 'Europe/Berlin' };

describe('the road of an opportunity', () => {
  it('tells for each station how long the customer took, in days of the company', () => {
    const reached = [{ milestoneId: 'need', occurredAt: '2026-11-03T23:30:00Z' }];
    expect(stepsOf(milestones, { ...about, reached }).map(({ days, isNext }) => [days, isNext])).toEqual([
      [3, false],
      [undefined, true],
      [undefined, false],
    ]);
  });

  it('counts from the station that the customer reached before it, whatever its place', () => {
    const reached = [
      { milestoneId: 'demo', occurredAt: '2026-11-05T10:00:00Z' },
      { milestoneId: 'need', occurredAt: '2026-11-09T10:00:00Z' },
    ];
    expect(stepsOf(milestones, { ...about, reached }).map(({ days }) => days)).toEqual([4, 4, undefined]);
  });
});
