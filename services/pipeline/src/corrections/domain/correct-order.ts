import { orderCorrected, type OpportunityFact } from '@meilenstein/contracts';
import { canonicalJson, decided, refused, type Decision, type Instant, type Money, type Refusal } from '@meilenstein/kernel';
import { checkTime } from '../../opportunities/domain/customer-evidence.ts';
import { checkOpenMonth, checkOrderDay, type LiveChecks } from '../../opportunities/domain/live-checks.ts';
import type { Opportunity } from '../../opportunities/domain/opportunity.ts';
import { withoutOrder, type OrderHistory } from '../../opportunities/domain/order-history.ts';
import { orderWorth, type RateOf } from '../../opportunities/domain/order-worth.ts';
import type { TeamAt } from '../../opportunities/domain/owner-team.ts';
import { reasonMissing, type Because } from './withdraw-evidence.ts';

type Code =
  | 'opportunity-not-found'
  | 'order-not-found'
  | 'reason-missing'
  | 'evidence-too-old'
  | 'evidence-in-future'
  | 'evidence-before-owner'
  | 'order-after-cancellation'
  | 'period-closed'
  | 'amount-not-positive'
  | 'rate-missing'
  | 'amount-too-large'
  | 'amount-unusual';

/** Fields that are absent stay as they are. */
type CorrectOrder = Because & {
  readonly amount?: Money | undefined;
  readonly orderedAt?: Instant | undefined;
  readonly restates: true | undefined;
  readonly confirm: true | undefined;
};

type Context = { readonly rateOf: RateOf; readonly teamAt: TeamAt; readonly now: Instant; readonly live: LiveChecks };
type Won = Extract<Opportunity, { status: 'won' }>;

const checkDay = (
  { dimensions: { repId }, order }: Won,
  { orderedAt, restates }: { readonly orderedAt: Instant; readonly restates: true | undefined },
  { teamAt, now, live }: Context,
): Refusal<Code> | undefined => {
  const told = { occurredAt: orderedAt, field: 'orderedAt' };
  if (orderedAt !== order.orderedAt) {
    const refusal = checkTime(orderedAt, now, 'orderedAt') ?? checkOrderDay({ ...told, repId, restates }, teamAt, live);
    if (refusal !== undefined) return refusal;
    if (order.cancelledParts?.some(({ cancelledAt }) => cancelledAt < orderedAt) === true)
      return {
        code: 'order-after-cancellation',
        message: 'a part of the order was cancelled before that day',
        field: 'orderedAt',
        value: orderedAt,
      };
  }
  // what is corrected in a closed month restates it, also where the day stays
  return checkOpenMonth({ occurredAt: order.orderedAt, field: 'orderedAt' }, live, restates);
};

const usual = (confirm: true | undefined, { history }: LiveChecks, { order }: Won): OrderHistory | undefined =>
  confirm === true ? undefined : withoutOrder(history, order.reportingAmount);

/** Corrects amount or day of an order. The rate and the team are those of its day, so both follow a day that is corrected. */
export const correctOrder = (
  opportunity: Opportunity,
  { amount, orderedAt, reason, recordedBy, restates, confirm }: CorrectOrder,
  context: Context,
): Decision<OpportunityFact, Refusal<Code>> => {
  if (opportunity.status === 'none') return refused('opportunity-not-found', 'there is no such opportunity');
  if (opportunity.status !== 'won')
    return refused('order-not-found', `the opportunity is ${opportunity.status}; only an order can be corrected`);
  const { dimensions, order } = opportunity;
  const day = orderedAt ?? order.orderedAt;
  const asked = amount ?? order.amount;
  if (day === order.orderedAt && canonicalJson(asked) === canonicalJson(order.amount)) return decided();
  const refusal = checkDay(opportunity, { orderedAt: day, restates }, context);
  if (refusal !== undefined) return { refused: refusal };
  if (reason === undefined) return reasonMissing;
  // a rate that is published later changes no order, so the day decides whether another one is looked up
  const isSameRate = day === order.orderedAt && asked.currency === order.amount.currency;
  const rateOf: RateOf = isSameRate ? () => ({ rate: order.rate, reportingCurrency: order.reportingAmount.currency }) : context.rateOf;
  const valued = orderWorth(asked, { orderedAt: day, rateOf, history: usual(confirm, context.live, opportunity) });
  if ('refused' in valued) return valued;
  const { rate, reportingAmount } = order;
  const previous = { amount: order.amount, rate, reportingAmount, orderedAt: order.orderedAt, teamId: dimensions.teamId };
  const teamId = day === order.orderedAt ? dimensions.teamId : (context.teamAt(dimensions.repId, day) ?? dimensions.teamId);
  const { openSince } = context.live;
  return decided(
    orderCorrected.of({
      ...dimensions,
      teamId,
      orderId: order.orderId,
      ...valued.worth,
      orderedAt: day,
      ...(day < openSince || order.orderedAt < openSince ? { restates: true as const } : {}),
      previous,
      reason,
      recordedBy,
    }),
  );
};
