import { itemLimits, type Happened, type OpportunityFact } from '@meilenstein/contracts';
import type { Instant, Money } from '@meilenstein/kernel';
import { newest, type ReachedMilestone } from './recorded-evidence.ts';

type Fact<Name extends OpportunityFact['name']> = Extract<OpportunityFact, { name: Name }>;
type Data<Name extends OpportunityFact['name']> = Fact<Name>['data'];

/** A part of an order that was cancelled. */
type CancelledPart = {
  readonly amount: Money;
  readonly reportingAmount: Money;
  readonly cancelledAt: Instant;
  readonly reason: Data<'OrderCancelled'>['reason'];
};

/** An order as it is in force: corrected, and without the parts that were cancelled. */
export type Order = Pick<Data<'OpportunityWon'>, 'orderId' | 'orderedAt' | 'rate'> & {
  readonly amount: Money;
  readonly reportingAmount: Money;
  /** absent: none */
  readonly cancelledParts?: readonly CancelledPart[] | undefined;
  /** when it was corrected last; absent: never */
  readonly correctedAt?: Instant | undefined;
};

/** An order that was cancelled before the opportunity was reopened. */
export type CancelledOrder = Omit<Order, 'cancelledParts' | 'correctedAt'> & Pick<CancelledPart, 'cancelledAt' | 'reason'>;

export const orderOf = ({ orderId, orderedAt, rate, amount, reportingAmount }: Data<'OpportunityWon'>): Order => ({
  orderId,
  orderedAt,
  rate,
  amount,
  reportingAmount,
});

/** What is left of an order after a part was cancelled. */
export const orderWithoutPart = (order: Order, data: Data<'OrderPartiallyCancelled'>): Order => {
  const { amount, reportingAmount, cancelled, cancelledAt, reason } = data;
  const parts = [...(order.cancelledParts ?? []), { ...cancelled, cancelledAt, reason }];
  return { ...order, amount, reportingAmount, cancelledParts: newest(parts, itemLimits.correctionsOfOpportunity) };
};

/** The order as it was corrected. Its evidence is of the same day, and became known when it did. */
export const correctedOrder = (
  { order, reached }: { readonly order: Order; readonly reached: readonly ReachedMilestone[] },
  { data, recordedAt }: Happened<Fact<'OrderCorrected'>>,
) => {
  const { orderedAt, rate, amount, reportingAmount, previous } = data;
  const isOfOrder = (one: ReachedMilestone): boolean => one.occurredAt === previous.orderedAt && one === furthest(reached);
  return {
    order: { ...order, orderedAt, rate, amount, reportingAmount, correctedAt: recordedAt },
    reached: reached.map((one) => (isOfOrder(one) ? { ...one, occurredAt: orderedAt } : one)),
  };
};

const furthest = (reached: readonly ReachedMilestone[]): ReachedMilestone | undefined =>
  reached.toSorted((a, b) => b.position - a.position)[0];
