import { itemLimits, type Happened, type OpportunityDimensions, type OpportunityFact } from '@meilenstein/contracts';
import type { Instant, Money, RepId } from '@meilenstein/kernel';
import { correctedOrder, orderOf, orderWithoutPart, type CancelledOrder, type Order } from './order.ts';
import {
  correctedEvidence,
  newest,
  reachedOf,
  withoutWordsOfCustomer,
  withResponse,
  type CustomerResponse,
  type ReachedMilestone,
} from './recorded-evidence.ts';

type Data<Name extends OpportunityFact['name']> = Extract<OpportunityFact, { name: Name }>['data'];

/** The amount before any order, and since when the company knew it. */
type Terms = { readonly amount: Money | null; readonly recordedAt: Instant };

/** A rep's estimate from a former system, stored only to recognise the same row again; nothing shows it. */
export type Estimate = Pick<Data<'RepEstimateImported'>, 'percent' | 'closesOn'> & { readonly recordedAt: Instant };

/** Something that counted and does not any more. An imported row that says it again changes nothing. */
type TakenBack = {
  readonly kind: 'evidence' | 'order' | 'loss' | 'cancellation';
  /** of evidence */
  readonly milestoneId?: string | undefined;
  readonly occurredAt: Instant;
  /** the imported row that recorded it; absent where none did */
  readonly rowId?: string | undefined;
};

type OpportunityBase = {
  readonly dimensions: OpportunityDimensions;
  /** absent where an older version wrote the state */
  readonly terms?: Terms | undefined;
  readonly reached: readonly ReachedMilestone[];
  /** orders so far, cancelled ones included */
  readonly orders: number;
  /** absent where none was imported */
  readonly estimates?: readonly Estimate[] | undefined;
  /** absent where there are none */
  readonly responses?: readonly CustomerResponse[] | undefined;
  readonly earlierOrders?: readonly CancelledOrder[] | undefined;
  readonly takenBack?: readonly TakenBack[] | undefined;
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

const baseOf = ({
  dimensions,
  terms,
  reached,
  orders,
  estimates,
  responses,
  earlierOrders,
  takenBack,
}: ExistingOpportunity): OpportunityBase => ({ dimensions, terms, reached, orders, estimates, responses, earlierOrders, takenBack });

const withTakenBack = <Base extends OpportunityBase>(base: Base, ...more: readonly TakenBack[]): Base => ({
  ...base,
  takenBack: newest([...(base.takenBack ?? []), ...more], itemLimits.correctionsOfOpportunity),
});

const withoutMilestone = (before: ExistingOpportunity, milestoneId: string): ExistingOpportunity => {
  const gone = before.reached.filter((one) => one.milestoneId === milestoneId);
  const left = { ...before, reached: before.reached.filter((one) => one.milestoneId !== milestoneId) };
  return withTakenBack(left, ...gone.map(({ occurredAt, rowId }) => ({ kind: 'evidence' as const, milestoneId, occurredAt, rowId })));
};

/** Open again, as it was before its end: a cancelled order and its milestone are history. */
const reopened = (before: ExistingOpportunity, { dimensions, orderMilestoneId }: Reopening): Opportunity => {
  const base = { ...baseOf(before), dimensions };
  if (before.status === 'lost') {
    const { lostAt } = before;
    return { ...(lostAt === undefined ? base : withTakenBack(base, { kind: 'loss', occurredAt: lostAt })), status: 'open' };
  }
  if (before.status !== 'cancelled') return { ...base, status: 'open' };
  const { order, cancelledAt, reason } = before;
  const { orderId, orderedAt, rate, amount, reportingAmount } = order;
  const cancelled = { orderId, orderedAt, rate, amount, reportingAmount, cancelledAt, reason };
  const { rowId } = base.reached.find(({ milestoneId }) => milestoneId === orderMilestoneId) ?? {};
  return {
    ...withTakenBack(base, { kind: 'order', occurredAt: orderedAt, rowId }, { kind: 'cancellation', occurredAt: cancelledAt }),
    reached: base.reached.filter(({ milestoneId }) => milestoneId !== orderMilestoneId),
    earlierOrders: newest([...(base.earlierOrders ?? []), cancelled], itemLimits.correctionsOfOpportunity),
    status: 'open',
  };
};
type Reopening = Pick<Data<'OpportunityReopened'>, 'orderMilestoneId'> & Pick<OpportunityBase, 'dimensions'>;

export const evolveOpportunity = (before: Opportunity, fact: Happened<OpportunityFact>): Opportunity => {
  const { recordedAt } = fact;
  if (fact.name === 'OpportunityOpened')
    return { status: 'open', dimensions: fact.data, terms: { amount: fact.data.amount, recordedAt }, reached: [], orders: 0 };
  if (before.status === 'none') return before;
  const { dimensions, reached, responses = [] } = before;
  switch (fact.name) {
    case 'OpportunityAmended':
      return { ...before, dimensions: { ...dimensions, ...fact.data.after }, terms: { amount: fact.data.after.amount, recordedAt } };
    case 'MilestoneReached':
      return { ...before, reached: [...reached, reachedOf(fact)] };
    case 'MilestoneWithdrawn':
      return withoutMilestone(before, fact.data.milestoneId);
    case 'EvidenceCorrected':
      return { ...before, reached: correctedEvidence(reached, fact) };
    case 'CustomerResponded':
      return { ...before, responses: withResponse(responses, fact) };
    case 'CustomerResponseWithdrawn':
      return { ...before, responses: responses.filter(({ responseId }) => responseId !== fact.data.responseId) };
    case 'OpportunityWon': {
      // the team of the day of the order, which a cancellation repeats
      const { repId, teamId, amount } = fact.data;
      const base = { ...baseOf(before), dimensions: { ...dimensions, repId, teamId, amount }, orders: before.orders + 1 };
      return { ...base, status: 'won', order: orderOf(fact.data) };
    }
    case 'OpportunityLost':
      return {
        ...baseOf(before),
        status: 'lost',
        reason: fact.data.reason,
        lostAt: fact.occurredAt,
        note: fact.confidential?.note ?? null,
        recordedBy: fact.data.recordedBy ?? null,
        recordedAt,
      };
    case 'OpportunityReopened': {
      const { repId, teamId, amount } = fact.data;
      return reopened(before, { dimensions: { ...dimensions, repId, teamId, amount }, orderMilestoneId: fact.data.orderMilestoneId });
    }
    case 'OrderCancelled': {
      const { reason, cancelledAt } = fact.data;
      const order = before.status === 'won' ? before.order : orderOf(fact.data);
      return { ...baseOf(before), status: 'cancelled', order, reason, cancelledAt, recordedAt };
    }
    case 'OrderPartiallyCancelled':
      if (before.status !== 'won') return before;
      return { ...before, dimensions: { ...dimensions, amount: fact.data.amount }, order: orderWithoutPart(before.order, fact.data) };
    case 'OrderCorrected': {
      if (before.status !== 'won') return before;
      const { teamId, amount } = fact.data;
      return { ...before, dimensions: { ...dimensions, teamId, amount }, ...correctedOrder(before, fact) };
    }
    case 'OrderTeamCorrected':
      return { ...before, dimensions: { ...dimensions, teamId: fact.data.teamId } };
    case 'RepEstimateImported': {
      const { percent, closesOn } = fact.data;
      return { ...before, estimates: [...(before.estimates ?? []), { percent, closesOn, recordedAt }] };
    }
    case 'EvidenceErased':
      return { ...before, ...(before.status === 'lost' ? { note: null } : {}), ...withoutWordsOfCustomer(reached, responses) };
  }
};
