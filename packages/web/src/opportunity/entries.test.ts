import { describe, expect, it } from 'vitest';
import { entriesOf, orderMilestone } from './entries.ts';

const milestones = [
  { milestoneId: 'need', position: 1, occurredAt: '2026-11-03T10:00:00Z' },
  { milestoneId: 'ordered', position: 5, occurredAt: '2026-11-09T10:00:00Z' },
];
const responses = [{ responseId: 'r', occurredAt: '2026-11-05T10:00:00Z' }];

describe('what the customer did', () => {
  it('is in one list, the newest first, with and without milestones', () => {
    const entries = entriesOf({ status: 'won', milestones, responses });
    expect(entries.map(({ milestone, response }) => milestone?.milestoneId ?? response?.responseId)).toEqual(['ordered', 'r', 'need']);
  });

  it('has the evidence of an order only where there is an order', () => {
    expect(orderMilestone({ status: 'won', milestones })?.milestoneId).toBe('ordered');
    expect(orderMilestone({ status: 'lost', milestones })).toBeUndefined();
  });
});
