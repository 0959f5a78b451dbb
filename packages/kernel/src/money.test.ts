import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareMoney,
  convert,
  convertWithin,
  currency,
  fromMoney,
  minus,
  money,
  moneyText,
  negate,
  plus,
  sumOf,
  toMoney,
  zero,
  type Money,
} from './money.ts';

const [eur, jpy, kwd] = [currency.parse('EUR'), currency.parse('JPY'), currency.parse('KWD')];
const euros = (minor: number): Money => ({ minor, currency: eur });

describe('money', () => {
  it.each([
    ['1234.50', eur, 123450],
    ['1234.5', eur, 123450],
    ['-0.01', eur, -1],
    ['7530', jpy, 7530],
    ['1.234', kwd, 1234],
  ])('reads %s %s as %i minor units', (amount, code, minor) => {
    expect(toMoney({ amount, currency: code })).toEqual({ minor, currency: code });
  });

  it('refuses more decimals than its currency has, and says how many that is', () => {
    expect(() => toMoney({ amount: '1.5', currency: jpy })).toThrow('JPY has 0 decimals');
    expect(() => toMoney({ amount: '1.234', currency: eur })).toThrow('EUR has 2 decimals');
  });

  it('keeps its value when it is written and read again', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e13, max: 1e13 }), fc.constantFrom(eur, jpy, kwd), (minor, code) => {
        expect(toMoney(fromMoney({ minor, currency: code }))).toEqual({ minor, currency: code });
      }),
    );
  });

  it('refuses to add two currencies, at run time and by type', () => {
    const amount = money.parse({ minor: 1, currency: 'EUR' });
    expect(() => plus(amount, money.parse({ minor: 1, currency: 'JPY' }))).toThrow('convert at a rate first');
    const euro: Money<'EUR'> = { minor: 1, currency: 'EUR' };
    expect(plus(euro, { minor: 2, currency: 'EUR' })).toEqual({ minor: 3, currency: 'EUR' });
  });

  it('adds, subtracts, compares and sums', () => {
    expect([minus(euros(5), euros(7)), negate(zero(eur)), sumOf([euros(1), euros(2)], eur), sumOf([], eur)]).toEqual([
      euros(-2),
      euros(0),
      euros(3),
      euros(0),
    ]);
    expect(compareMoney(euros(2), euros(3))).toBeLessThan(0);
  });

  it('refuses amounts beyond the safe integers', () => {
    expect(() => plus(euros(Number.MAX_SAFE_INTEGER), euros(1))).toThrow(RangeError);
    expect(() => convert(euros(1e15), '1000', jpy)).toThrow(RangeError);
    expect(convertWithin(euros(1e15), '1000', jpy)).toBeUndefined();
    expect(convertWithin(euros(1000), '160', jpy)).toEqual(convert(euros(1000), '160', jpy));
    expect(moneyText.safeParse({ amount: '999999999999.9999', currency: 'CLF' }).error?.issues[0]?.message).toContain('2^53');
  });

  it.each([
    [{ minor: 12345, currency: jpy }, '0.0061', eur, 7530],
    [euros(100), '1.005', eur, 101],
    [euros(-100), '1.005', eur, -101],
    [euros(1000), '0.3081', kwd, 3081],
  ])('converts %j at the rate %s into %s %i', (amount, rate, to, minor) => {
    expect(convert(amount, rate, to)).toEqual({ minor, currency: to });
  });

  it('converts an amount and its reversal to sums that cancel out exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 1, max: 99999 }), (minor, rate) => {
        const there = convert(euros(minor), `0.${rate}`, jpy);
        expect(plus(there, convert(euros(-minor), `0.${rate}`, jpy))).toEqual(zero(jpy));
      }),
    );
  });

  it.each(['EURO', 'eur', 'XQQ'])('does not accept %s as a currency', (code) => {
    expect(currency.safeParse(code).success).toBe(false);
  });
});
