import { orderCancelled, orderPartiallyCancelled, type OpportunityFact } from '@meilenstein/contracts';
import {
  convertWithin,
  decided,
  minus,
  refusal,
  refused,
  type Decision,
  type Instant,
  type Money,
  type Refusal,
} from '@meilenstein/kernel';
import { checkOpenMonth, type LiveChecks } from './live-checks.ts';
import type { Opportunity } from './opportunity.ts';
import type { Order } from './order.ts';

type Reason = Extract<OpportunityFact, { name: 'OrderCancelled' }>['data']['reason'];

export type CancelOrder = {
  readonly reason: Reason | undefined;
  readonly cancelledAt: Instant;
  /** the part that is cancelled; absent: all of it */
  readonly amount?: Money | undefined;
  readonly restates?: true | undefined;
};

type PartCode = 'amount-not-positive' | 'amount-above-order' | 'currency-not-of-order';
type DayCode = 'cancelled-before-order' | 'cancelled-in-future' | 'period-closed';
type Code = 'opportunity-not-found' | 'order-not-found' | 'reason-missing' | PartCode | DayCode;

const checkPart = (order: Order, amount: Money): Refusal<PartCode> | undefined => {
  if (amount.currency !== order.amount.currency)
    return refusal('currency-not-of-order', `a part of this order is in ${order.amount.currency}`, {
      field: 'amount.currency',
      value: amount.currency,
    });
  if (amount.minor <= 0) return refusal('amount-not-positive', 'send the part that is cancelled, above 0', { field: 'amount' });
  return amount.minor > order.amount.minor
    ? refusal('amount-above-order', 'more than the order is worth cannot be cancelled', { field: 'amount' })
    : undefined;
};

/** What is asked of a cancellation that is told today. */
type LiveContext = { readonly now: Instant; readonly live: Pick<LiveChecks, 'openSince'> };

const checkDay = (order: Order, { cancelledAt, restates }: CancelOrder, { now, live }: LiveContext): Refusal<DayCode> | undefined => {
  const about = { field: 'cancelledAt', value: cancelledAt };
  if (cancelledAt < order.orderedAt)
    return refusal('cancelled-before-order', 'the customer ordered later than that; say when the customer cancelled', about);
  if (cancelledAt > now)
    return refusal('cancelled-in-future', 'the cancellation is dated in the future; record what has already happened', about);
  return checkOpenMonth({ occurredAt: cancelledAt, field: 'cancelledAt' }, live, restates);
};

/** What is left of an order, and the part that goes: both sum to the order, in either currency. */
const split = ({ amount, rate, reportingAmount }: Order, part: Money) => {
  const left = minus(amount, part);
  const reportingLeft = convertWithin(left, rate.value, reportingAmount.currency) ?? reportingAmount;
  const gone = minus(reportingAmount, reportingLeft);
  return { amount: left, reportingAmount: reportingLeft, cancelled: { amount: part, reportingAmount: gone } };
};

/**
 * Cancels an order or a part of it, on the day on which the customer cancelled. The event has the order's rate and owner, so that
 * consumers can reverse what it caused.
 */
export const cancelOrder = (
  opportunity: Opportunity,
  command: CancelOrder,
  context?: LiveContext,
): Decision<OpportunityFact, Refusal<Code>> => {
  if (opportunity.status === 'none') return refused('opportunity-not-found', 'there is no such opportunity');
  if (opportunity.status !== 'won')
    return refused('order-not-found', `the opportunity is ${opportunity.status}; only an order can be cancelled`);
  const { dimensions, order } = opportunity;
  const { reason, cancelledAt, amount = order.amount } = command;
  const refusedBy = checkPart(order, amount) ?? (context && checkDay(order, command, context));
  if (refusedBy !== undefined) return { refused: refusedBy };
  if (reason === undefined) return refused('reason-missing', 'say why the order is void', { field: 'reason' });
  const { orderId, orderedAt, rate } = order;
  const restates = context !== undefined && cancelledAt < context.live.openSince ? { restates: true as const } : {};
  const about = { ...dimensions, orderId, orderedAt, rate, cancelledAt, reason, ...restates };
  if (amount.minor === order.amount.minor)
    return decided(
      orderCancelled.of({ ...about, amount: order.amount, reportingAmount: order.reportingAmount }, { occurredAt: cancelledAt }),
    );
  return decided(orderPartiallyCancelled.of({ ...about, ...split(order, amount) }, { occurredAt: cancelledAt }));
};
