import type { Happened, OpportunityFact, OpportunityDimensions } from '@meilenstein/contracts';
import type { Instant, Money, RepId } from '@meilenstein/kernel';

type Data<Name extends OpportunityFact['name']> = Extract<OpportunityFact, { name: Name }>['data'];

export type ReachedMilestone = {
  readonly milestoneId: string;
  readonly position: number;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly act: Data<'MilestoneReached'>['act'];
  readonly channel: Data<'MilestoneReached'>['channel'];
  readonly partyRole: Data<'MilestoneReached'>['partyRole'];
  readonly partyRoleText: string | null;
  readonly quote: string | null;
  /** absent where an older version wrote the state */
  readonly artefact?: { readonly reference: string; readonly sha256: string } | null | undefined;
  /** true once the person was erased: what was typed is deleted */
  readonly erased: boolean;
  /** the rep who recorded it; absent where an older version wrote the state */
  readonly recordedBy?: RepId | null | undefined;
  /** the imported row that recorded it */
  readonly rowId?: string | undefined;
};

type Order = Pick<Data<'OpportunityWon'>, 'orderId' | 'orderedAt' | 'rate'> & {
  readonly amount: Money;
  readonly reportingAmount: Money;
};

/** The amount before any order, and since when the company knew it. */
type Terms = { readonly amount: Money | null; readonly recordedAt: Instant };

/** A rep's estimate from a former system, stored only to recognise the same row again; nothing shows it. */
export type Estimate = Pick<Data<'RepEstimateImported'>, 'percent' | 'closesOn'> & { readonly recordedAt: Instant };

type OpportunityBase = {
  readonly dimensions: OpportunityDimensions;
  /** absent where an older version wrote the state */
  readonly terms?: Terms | undefined;
  readonly reached: readonly ReachedMilestone[];
  /** orders so far, cancelled ones included */
  readonly orders: number;
  /** absent where none was imported */
  readonly estimates?: readonly Estimate[] | undefined;
};

export type Opportunity =
  | { readonly status: 'none' }
  | (OpportunityBase & { readonly status: 'open' })
  | (OpportunityBase & { readonly status: 'won'; readonly order: Order })
  | (OpportunityBase & {
      readonly status: 'lost';
      readonly reason: Data<'OpportunityLost'>['reason'];
      readonly lostAt?: Instant | undefined;
      readonly note?: string | null | undefined;
      readonly recordedBy?: RepId | null | undefined;
      readonly recordedAt?: Instant | undefined;
    })
  | (OpportunityBase & {
      readonly status: 'cancelled';
      readonly order: Order;
      readonly reason: Data<'OrderCancelled'>['reason'];
      readonly cancelledAt: Instant;
      readonly recordedAt?: Instant | undefined;
    });

export type ExistingOpportunity = Exclude<Opportunity, { status: 'none' }>;

export const noOpportunity: Opportunity = { status: 'none' };

const orderOf = ({ orderId, orderedAt, rate, amount, reportingAmount }: Data<'OpportunityWon'>): Order => ({
  orderId,
  orderedAt,
  rate,
  amount,
  reportingAmount,
});

const reachedOf = (fact: Happened<Extract<OpportunityFact, { name: 'MilestoneReached' }>>): ReachedMilestone => {
  const { milestoneId, position, act, channel, partyRole, recordedBy, rowId } = fact.data;
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
    artefact: fact.confidential?.artefact ?? null,
    erased: false,
    recordedBy,
    ...(rowId === undefined ? {} : { rowId }),
  };
};

export const evolveOpportunity = (before: Opportunity, fact: Happened<OpportunityFact>): Opportunity => {
  const { recordedAt } = fact;
  if (fact.name === 'OpportunityOpened')
    return { status: 'open', dimensions: fact.data, terms: { amount: fact.data.amount, recordedAt }, reached: [], orders: 0 };
  if (before.status === 'none') return before;
  const { dimensions, terms, reached, orders, estimates } = before;
  switch (fact.name) {
    case 'OpportunityAmended':
      return { ...before, dimensions: { ...dimensions, ...fact.data.after }, terms: { amount: fact.data.after.amount, recordedAt } };
    case 'MilestoneReached':
      return { ...before, reached: [...reached, reachedOf(fact)] };
    case 'OpportunityWon':
      return {
        status: 'won',
        // the team of the day of the order, which a cancellation repeats
        dimensions: { ...dimensions, repId: fact.data.repId, teamId: fact.data.teamId, amount: fact.data.amount },
        terms,
        reached,
        estimates,
        orders: orders + 1,
        order: orderOf(fact.data),
      };
    case 'OpportunityLost':
      return {
        status: 'lost',
        dimensions,
        terms,
        reached,
        orders,
        estimates,
        reason: fact.data.reason,
        lostAt: fact.occurredAt,
        note: fact.confidential?.note ?? null,
        recordedBy: fact.data.recordedBy ?? null,
        recordedAt,
      };
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
        recordedAt,
      };
    case 'OrderTeamCorrected':
      return { ...before, dimensions: { ...dimensions, teamId: fact.data.teamId } };
    case 'RepEstimateImported': {
      const { percent, closesOn } = fact.data;
      return { ...before, estimates: [...(estimates ?? []), { percent, closesOn, recordedAt }] };
    }
    case 'EvidenceErased':
      return {
        ...before,
        ...(before.status === 'lost' ? { note: null } : {}),
        reached: reached.map((one) => ({ ...one, partyRoleText: null, quote: null, artefact: null, erased: true })),
      };
  }
};
