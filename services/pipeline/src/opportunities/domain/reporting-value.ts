import { convertWithin, fromMoney, moneyText, type Instant, type Money } from '@meilenstein/kernel';
import type { ExistingOpportunity } from './opportunity.ts';
import type { RateOf } from './order-worth.ts';

/**
 * What an opportunity is worth in the reporting currency: an order at its frozen rate, everything else at the rate of `at`. Null if the
 * amount is unknown, has no rate, or is too large for an answer: such an opportunity is counted and not summed.
 */
export const reportingValue = (opportunity: ExistingOpportunity, rateOf: RateOf, at: Instant): Money | null => {
  if (opportunity.status === 'won' || opportunity.status === 'cancelled') return opportunity.order.reportingAmount;
  const { amount } = opportunity.dimensions;
  const known = amount === null ? undefined : rateOf(amount.currency, at);
  if (amount === null || known === undefined) return null;
  const converted = convertWithin(amount, known.rate.value, known.reportingCurrency);
  return converted !== undefined && moneyText.safeParse(fromMoney(converted)).success ? converted : null;
};
