import { refusal, type Money, type Refusal } from '@meilenstein/kernel';

/** How many orders of the company lie in each class of amounts, by the class: orders from 10ⁿ to below 10ⁿ⁺¹ minor units. */
export type OrderHistory = ReadonlyMap<number, number>;

/** The class of an amount in minor units of the reporting currency. */
export const amountClass = (minor: number): number => String(Math.max(1, Math.abs(Math.trunc(minor)))).length - 1;

/** With fewer orders nobody can say what is usual. */
const enoughOrders = 5;

/** Classes between an amount and every order so far that make it unusual: it is more than ten times the largest, or less than a hundredth of the least. */
const far = { above: 2, below: 3 } as const;

/**
 * Asks back about an amount far outside the orders of the company, because it is more likely a slip than an order: one digit too many may be
 * right, two are hardly ever.
 */
export const checkUsual = (history: OrderHistory, { minor, currency }: Money): Refusal<'amount-unusual'> | undefined => {
  const classes = [...history].filter(([, orders]) => orders > 0);
  const orders = classes.reduce((sum, [, count]) => sum + count, 0);
  if (orders < enoughOrders) return undefined;
  const digits = classes.map(([digit]) => digit);
  const own = amountClass(minor);
  if (own < Math.max(...digits) + far.above && own > Math.min(...digits) - far.below) return undefined;
  return refusal(
    'amount-unusual',
    `it is far outside the ${orders} orders of the company so far; check the figure, and send confirm: true if it is right`,
    { field: 'amount', value: `${minor} minor units of ${currency}` },
  );
};

/** The orders of the company without one of them, so that an order is not compared with itself. */
export const withoutOrder = (history: OrderHistory, { minor }: Money): OrderHistory => {
  const own = amountClass(minor);
  return new Map([...history].map(([digit, orders]) => [digit, digit === own ? orders - 1 : orders]));
};
