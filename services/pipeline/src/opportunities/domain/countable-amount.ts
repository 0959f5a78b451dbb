import type { Company } from '@meilenstein/contracts';
import { refused, type Money, type Refusal } from '@meilenstein/kernel';

/**
 * Whether an amount is in a currency that the company counts in or has any rate of: one without could never become an order, and a
 * forecast would leave it out. Before there are settings any will do. History is taken as it was: its rates may be published later.
 */
export const complainAboutCurrency = (
  { reportingCurrency, rates }: Company,
  amount: Money | null,
): { readonly refused: Refusal<'rate-missing'> } | undefined => {
  const known = new Set([reportingCurrency, ...rates.map((rate) => rate.currency)]);
  if (amount === null || reportingCurrency === null || known.has(amount.currency)) return undefined;
  return refused(
    'rate-missing',
    `there are rates of ${[...known].join(', ')}; publish one of this currency in the settings, or send null while there is none`,
    { field: 'amount.currency', value: amount.currency },
  );
};
