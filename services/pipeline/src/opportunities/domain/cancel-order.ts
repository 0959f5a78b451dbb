import { orderCancelled, type OpportunityFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Instant, type Refusal } from '@meilenstein/kernel';
import type { Opportunity } from './opportunity.ts';

type Reason = Extract<OpportunityFact, { name: 'OrderCancelled' }>['data']['reason'];

/** Cancels a whole order. The event repeats the order's amount, rate and owner, so that consumers can reverse what it caused. */
export const cancelOrder = (
  opportunity: Opportunity,
  { reason, cancelledAt }: { readonly reason: Reason | undefined; readonly cancelledAt: Instant },
): Decision<OpportunityFact, Refusal<'opportunity-not-found' | 'order-not-found' | 'reason-missing'>> => {
  if (opportunity.status === 'none') return refused('opportunity-not-found', 'there is no such opportunity');
  if (opportunity.status !== 'won')
    return refused('order-not-found', `the opportunity is ${opportunity.status}; only an order can be cancelled`);
  if (reason === undefined) return refused('reason-missing', 'say why the order is void', { field: 'reason' });
  return decided(orderCancelled.of({ ...opportunity.dimensions, ...opportunity.order, cancelledAt, reason }, { occurredAt: cancelledAt }));
};
