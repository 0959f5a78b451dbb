import type { Company } from '@meilenstein/contracts';
import { refusal, type Money, type Refusal } from '@meilenstein/kernel';

/**
 * Refuses an amount in a currency other than the reporting one without any rate: it could never become an order, and a forecast would leave
 * it out. Before there are settings, every currency is accepted. Imports are not checked, because their rates may be published later.
 */
export const checkCurrency = ({ reportingCurrency, rates }: Company, amount: Money | null): Refusal<'rate-missing'> | undefined => {
  const convertible = new Set([reportingCurrency, ...rates.map((rate) => rate.currency)]);
  if (amount === null || reportingCurrency === null || convertible.has(amount.currency)) return undefined;
  return refusal(
    'rate-missing',
    `there are rates for ${[...convertible].join(', ')}; publish one for this currency in the settings, or send null until there is one`,
    { field: 'amount.currency', value: amount.currency },
  );
};
