import type { Happened, OpportunityFact, OpportunityDimensions } from '@meilenstein/contracts';
import type { Instant, Money } from '@meilenstein/kernel';

type Data<Name extends OpportunityFact['name']> = Extract<OpportunityFact, { name: Name }>['data'];

export type Reached = {
  readonly milestoneId: string;
  readonly position: number;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly act: Data<'MilestoneReached'>['act'];
  readonly channel: Data<'MilestoneReached'>['channel'];
  readonly partyRole: string;
  readonly quote: string | null;
};

export type Order = Pick<Data<'OpportunityWon'>, 'orderId' | 'orderedAt' | 'rate'> & {
  readonly amount: Money;
  readonly reportingAmount: Money;
};

type Known = {
  readonly dimensions: OpportunityDimensions;
  readonly reached: readonly Reached[];
  /** orders so far, cancelled ones included */
  readonly orders: number;
};

export type Opportunity =
  | { readonly status: 'none' }
  | (Known & { readonly status: 'open' })
  | (Known & { readonly status: 'won'; readonly order: Order })
  | (Known & { readonly status: 'lost'; readonly reason: Data<'OpportunityLost'>['reason'] })
  | (Known & {
      readonly status: 'cancelled';
      readonly order: Order;
      readonly reason: Data<'OrderCancelled'>['reason'];
      readonly cancelledAt: Instant;
    });

export const nothing: Opportunity = { status: 'none' };

const orderOf = ({ orderId, orderedAt, rate, amount, reportingAmount }: Data<'OpportunityWon'>): Order => ({
  orderId,
  orderedAt,
  rate,
  amount,
  reportingAmount,
});

const reachedOf = (fact: Happened<Extract<OpportunityFact, { name: 'MilestoneReached' }>>): Reached => {
  const { milestoneId, position, act, channel, partyRole } = fact.data;
  return {
    milestoneId,
    position,
    occurredAt: fact.occurredAt,
    recordedAt: fact.recordedAt,
    act,
    channel,
    partyRole,
    quote: fact.confidential?.quote ?? null,
  };
};

/** The state is what the events say and nothing else. */
export const evolveOpportunity = (before: Opportunity, fact: Happened<OpportunityFact>): Opportunity => {
  if (fact.name === 'OpportunityOpened') return { status: 'open', dimensions: fact.data, reached: [], orders: 0 };
  if (before.status === 'none') return before;
  const { dimensions, reached, orders } = before;
  switch (fact.name) {
    case 'OpportunityAmended':
      return { ...before, dimensions: { ...dimensions, ...fact.data.after } };
    case 'MilestoneReached':
      return { ...before, reached: [...reached, reachedOf(fact)] };
    case 'OpportunityWon':
      return {
        status: 'won',
        dimensions: { ...dimensions, amount: fact.data.amount },
        reached,
        orders: orders + 1,
        order: orderOf(fact.data),
      };
    case 'OpportunityLost':
      return { status: 'lost', dimensions, reached, orders, reason: fact.data.reason };
    case 'OrderCancelled':
      return {
        status: 'cancelled',
        dimensions,
        reached,
        orders,
        order: orderOf(fact.data),
        reason: fact.data.reason,
        cancelledAt: fact.data.cancelledAt,
      };
    case 'EvidenceForgotten':
      return { ...before, reached: reached.map((one) => ({ ...one, quote: null })) };
  }
};
