import { describe, expect, it } from 'vitest';
import { sheetOf, withConfirmedAmount } from './failed-command.ts';
import type { Command } from './held-commands.ts';

const order: Command = {
  id: 'a',
  key: 'POST /opportunities/{opportunityId}/milestones',
  request: {
    path: { opportunityId: 'one' },
    body: { milestoneId: 'ordered', amount: { amount: '990000.00', currency: 'EUR' } },
    ifMatch: '3',
  },
  entity: 'opportunity:one',
  patch: { status: 'won' },
  message: { text: 'milestoneRecorded' },
};

describe('a command that was refused', () => {
  it('is sent with the confirmation of its amount under a key of its own, and is otherwise the same', () => {
    expect(withConfirmedAmount(order)).toEqual({
      ...order,
      id: 'a-confirmed',
      request: { ...order.request, body: { milestoneId: 'ordered', amount: { amount: '990000.00', currency: 'EUR' }, confirm: true } },
    });
  });

  it('opens the sheet again in which a milestone was recorded', () => {
    expect(sheetOf(order)).toEqual({ to: '/opportunities/one', search: { record: 'ordered' } });
  });

  it('has no sheet where there is nothing to change but to drop it', () => {
    expect(sheetOf({ ...order, key: 'POST /opportunities/{opportunityId}/lose', request: { body: { reason: 'price' } } })).toBeUndefined();
  });
});
