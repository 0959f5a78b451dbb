import { Big } from 'big.js';
import { data as currencies } from 'currency-codes';
import * as z from 'zod';

/** Decimals by ISO 4217 code; a map, because a document of thousands of amounts looks them up several times each. */
const decimals: ReadonlyMap<string, number> = new Map(currencies.map(({ code, digits }) => [code, digits]));

/** An ISO 4217 code. */
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'a currency is three capital letters of ISO 4217, such as EUR')
  .refine((code) => decimals.has(code), 'is not a currency of ISO 4217')
  .brand<'Currency'>();
export type Currency = z.infer<typeof currency>;

/** Integer minor units and their currency. Two currencies cannot be added: the type refuses it (give `C`), and so does the run time. */
export type Money<C extends string = Currency> = { readonly minor: number; readonly currency: C };

/** Money as it is stored. */
export const money = z.object({ minor: z.int(), currency });

const digitsOf = (code: string): number => decimals.get(code) ?? 2;

/** Money as people and other systems write it: no more decimals than the currency has. */
export const moneyText = z
  .object({
    amount: z.string().regex(/^-?\d{1,12}(\.\d{1,4})?$/, 'an amount is a decimal such as "1234.50"'),
    currency,
  })
  .refine(({ amount, currency: code }) => (amount.split('.')[1] ?? '').length <= digitsOf(code), {
    path: ['amount'],
    error: 'has more decimals than its currency',
  })
  .refine(({ amount, currency: code }) => Math.abs(Number(amount)) * 10 ** digitsOf(code) < Number.MAX_SAFE_INTEGER, {
    path: ['amount'],
    error: 'is beyond 2^53 minor units of its currency',
  });
export type MoneyText = { readonly amount: string; readonly currency: Currency };

const safeMinor = (minor: number): number => {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} minor units: money is a safe integer`);
  return minor === 0 ? 0 : minor;
};

const requireSameCurrency = (a: Money<string>, b: Money<string>): void => {
  if (a.currency !== b.currency) throw new TypeError(`${a.currency} and ${b.currency} cannot be added: convert at a rate first`);
};

/** The stored form. Throws a RangeError where the amount has more decimals than its currency. */
export const toMoney = (text: MoneyText): Money => {
  const minor = new Big(text.amount).times(new Big(10).pow(digitsOf(text.currency)));
  if (!minor.round(0, Big.roundDown).eq(minor))
    throw new RangeError(`amount ${text.amount}: ${text.currency} has ${digitsOf(text.currency)} decimals`);
  return { minor: safeMinor(minor.toNumber()), currency: text.currency };
};

/** The text form, with exactly the decimals of the currency. */
export const fromMoney = (amount: Money): MoneyText => {
  const digits = digitsOf(amount.currency);
  return { amount: new Big(amount.minor).div(new Big(10).pow(digits)).toFixed(digits), currency: amount.currency };
};

/** Zero in a currency. */
export const zero = <C extends string>(code: C): Money<C> => ({ minor: 0, currency: code });

/** The sum. Throws a TypeError for two currencies, a RangeError beyond 2^53. */
export const plus = <C extends string>(a: Money<C>, b: Money<NoInfer<C>>): Money<C> => {
  requireSameCurrency(a, b);
  return { minor: safeMinor(a.minor + b.minor), currency: a.currency };
};

/** The amount with the opposite sign. */
export const negate = <C extends string>(a: Money<C>): Money<C> => ({ minor: safeMinor(-a.minor), currency: a.currency });

/** The difference. Throws as `plus` does. */
export const minus = <C extends string>(a: Money<C>, b: Money<NoInfer<C>>): Money<C> => plus(a, negate(b));

/** The sum of a list; zero of `code` where it is empty. */
export const sumOf = <C extends string>(amounts: readonly Money<C>[], code: C): Money<C> =>
  amounts.reduce((sum, amount) => plus(sum, amount), zero(code));

/**
 * The amount in another currency. `rate`: units of `to` for one unit of the amount's currency, a decimal. Rounds half away from
 * zero, once, so that the reversal of an order is the exact negative.
 */
export const convert = (amount: Money, rate: string, to: Currency): Money => ({
  minor: safeMinor(convertedMinor(amount, rate, to)),
  currency: to,
});

/** The same as `convert`; undefined where the result is beyond 2^53 minor units, so that a rule can refuse it. */
export const convertWithin = (amount: Money, rate: string, to: Currency): Money | undefined => {
  const minor = convertedMinor(amount, rate, to);
  return Number.isSafeInteger(minor) ? { minor: safeMinor(minor), currency: to } : undefined;
};

const convertedMinor = (amount: Money, rate: string, to: Currency): number => {
  const shift = digitsOf(to) - digitsOf(amount.currency);
  return new Big(amount.minor).times(rate).times(new Big(10).pow(shift)).round(0, Big.roundHalfUp).toNumber();
};

/** Negative, 0 or positive where `a` is less than, equal to or more than `b`. Throws a TypeError for two currencies. */
export const compareMoney = <C extends string>(a: Money<C>, b: Money<NoInfer<C>>): number => {
  requireSameCurrency(a, b);
  return a.minor - b.minor;
};
