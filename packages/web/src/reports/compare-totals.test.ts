import { describe, expect, it } from 'vitest';
import { compareTotals, totalText } from './compare-totals.ts';

describe('two versions of a run', () => {
  it('differ in the control totals that changed, and in new ones', () => {
    expect(compareTotals({ leads: 4, revenue: 100 }, { leads: 4, revenue: 90, orders: 1 })).toEqual([
      { name: 'revenue', before: 100, now: 90, difference: -10 },
      { name: 'orders', before: undefined, now: 1, difference: 1 },
    ]);
  });
});

describe('a control total', () => {
  it.each([
    [123456, 'EUR', 2, '1234.56'],
    [-5, 'EUR', 2, '-0.05'],
    [700, 'JPY', 0, '700'],
    [12, undefined, 2, '12'],
  ] as const)('%s %s with %s decimals: %s', (...[value, currency, decimals, text]) =>
    expect(totalText(value, currency, decimals)).toBe(text),
  );
});
