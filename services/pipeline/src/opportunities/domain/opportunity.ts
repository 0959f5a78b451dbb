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
  readonly partyRole: Data<'MilestoneReached'>['partyRole'];
  readonly partyRoleText: string | null;
  readonly quote: string | null;
  /** the person was erased: what was typed is gone */
  readonly forgotten: boolean;
  /** the row of an import that it came by */
  readonly rowId?: string | undefined;
};

type Order = Pick<Data<'OpportunityWon'>, 'orderId' | 'orderedAt' | 'rate'> & {
  readonly amount: Money;
  readonly reportingAmount: Money;
};

/** What can be amended while it is open: the amount before any order, and when the company knew. */
type Terms = { readonly amount: Money | null; readonly knownAt: Instant };

/** What a rep guessed in a former system, kept only so that the same row is recognised: nothing shows it. */
export type Estimate = Pick<Data<'RepEstimateImported'>, 'percent' | 'closesOn'> & { readonly knownAt: Instant };

type Known = {
  readonly dimensions: OpportunityDimensions;
  /** absent where an older version wrote the state */
  readonly terms?: Terms | undefined;
  readonly reached: readonly Reached[];
  /** orders so far, cancelled ones included */
  readonly orders: number;
  /** absent where none was imported */
  readonly estimates?: readonly Estimate[] | undefined;
};

export type Opportunity =
  | { readonly status: 'none' }
  | (Known & { readonly status: 'open' })
  | (Known & { readonly status: 'won'; readonly order: Order })
  | (Known & {
      readonly status: 'lost';
      readonly reason: Data<'OpportunityLost'>['reason'];
      readonly lostAt?: Instant | undefined;
      readonly knownAt?: Instant | undefined;
    })
  | (Known & {
      readonly status: 'cancelled';
      readonly order: Order;
      readonly reason: Data<'OrderCancelled'>['reason'];
      readonly cancelledAt: Instant;
      readonly knownAt?: Instant | undefined;
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
  const { milestoneId, position, act, channel, partyRole, rowId } = fact.data;
  return {
    milestoneId,
    position,
    occurredAt: fact.occurredAt,
    recordedAt: fact.recordedAt,
    act,
    channel,
    partyRole,
    partyRoleText: fact.confidential?.role ?? null,
    quote: fact.confidential?.quote ?? null,
    forgotten: false,
    ...(rowId === undefined ? {} : { rowId }),
  };
};

/** The state is what the events say and nothing else. */
export const evolveOpportunity = (before: Opportunity, fact: Happened<OpportunityFact>): Opportunity => {
  const knownAt = fact.recordedAt;
  if (fact.name === 'OpportunityOpened')
    return { status: 'open', dimensions: fact.data, terms: { amount: fact.data.amount, knownAt }, reached: [], orders: 0 };
  if (before.status === 'none') return before;
  const { dimensions, terms, reached, orders, estimates } = before;
  switch (fact.name) {
    case 'OpportunityAmended':
      return { ...before, dimensions: { ...dimensions, ...fact.data.after }, terms: { amount: fact.data.after.amount, knownAt } };
    case 'MilestoneReached':
      return { ...before, reached: [...reached, reachedOf(fact)] };
    case 'OpportunityWon':
      return {
        status: 'won',
        dimensions: { ...dimensions, amount: fact.data.amount },
        terms,
        reached,
        estimates,
        orders: orders + 1,
        order: orderOf(fact.data),
      };
    case 'OpportunityLost':
      return { status: 'lost', dimensions, terms, reached, orders, estimates, reason: fact.data.reason, lostAt: fact.occurredAt, knownAt };
    case 'OrderCancelled':
      return {
        status: 'cancelled',
        dimensions,
        terms,
        reached,
        orders,
        estimates,
        order: orderOf(fact.data),
        reason: fact.data.reason,
        cancelledAt: fact.data.cancelledAt,
        knownAt,
      };
    case 'RepEstimateImported': {
      const { percent, closesOn } = fact.data;
      return { ...before, estimates: [...(estimates ?? []), { percent, closesOn, knownAt }] };
    }
    case 'EvidenceForgotten':
      return { ...before, reached: reached.map((one) => ({ ...one, partyRoleText: null, quote: null, forgotten: true })) };
  }
};
