import type { FrozenRate } from '@meilenstein/contracts';
import { convertWithin, refused, type Currency, type Instant, type Money, type Refusal } from '@meilenstein/kernel';
import { checkUsual, type OrderHistory } from './order-history.ts';

/** The rate into the reporting currency on the day of the order; undefined where the company published none. */
export type RateOf = (currency: Currency, at: Instant) => { readonly rate: FrozenRate; readonly reportingCurrency: Currency } | undefined;

/** What an order is worth: its amount, and the same in the reporting currency at the rate that is frozen on it. */
export type OrderWorth = { readonly amount: Money; readonly rate: FrozenRate; readonly reportingAmount: Money };

type Code = 'amount-not-positive' | 'rate-missing' | 'amount-too-large' | 'amount-unusual';

type Asked = {
  readonly orderedAt: Instant;
  readonly rateOf: RateOf;
  /** the other orders of the company, among which the amount must not stand out; absent: it is not asked back */
  readonly history?: OrderHistory | undefined;
};

/** Values an order at the rate of its day, or refuses what cannot be an order. */
export const orderWorth = (
  amount: Money,
  { orderedAt, rateOf, history }: Asked,
): { readonly worth: OrderWorth } | { readonly refused: Refusal<Code> } => {
  if (amount.minor <= 0) return refused('amount-not-positive', 'an order is worth more than 0', { field: 'amount' });
  const orderRate = rateOf(amount.currency, orderedAt);
  if (orderRate === undefined)
    return refused('rate-missing', 'publish a rate for this currency and the day of the order in the settings', {
      field: 'amount.currency',
      value: amount.currency,
    });
  const { rate, reportingCurrency } = orderRate;
  const reportingAmount = convertWithin(amount, rate.value, reportingCurrency);
  if (reportingAmount === undefined)
    return refused('amount-too-large', `at the rate ${rate.value} the amount in ${reportingCurrency} is too large to be counted exactly`, {
      field: 'amount',
      value: String(amount.minor),
    });
  const unusual = history && checkUsual(history, reportingAmount);
  return unusual === undefined ? { worth: { amount, rate, reportingAmount } } : { refused: unusual };
};
