import { describe, expect, it } from 'vitest';
import { money, oneOf, share, wholeMoney } from './figures.ts';

// Intl writes spaces that do not break.
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('an amount', () => {
  it.each([
    ['de-DE', '1234.50', 'EUR', '1.234,50 €'],
    ['en-GB', '1234.50', 'EUR', '€1,234.50'],
    ['de-DE', '19.95', 'CHF', '19,95 CHF'],
    ['de-DE', '700', 'JPY', '700 ¥'],
    ['de-DE', '99999999999.99', 'EUR', '99.999.999.999,99 €'],
    ['de-DE', '9007199254740993.01', 'EUR', '9.007.199.254.740.993,01 €'],
    ['en-GB', '-5.00', 'USD', '-US$5.00'],
    ['de-DE', '0.005', 'KWD', '0,005 KWD'],
  ])('in %s, %s %s is %s', (...[locale, amount, currency, text]) => expect(plain(money(locale, { amount, currency }))).toBe(text));

  it('stands without its cents on a card', () =>
    expect(plain(wholeMoney('de-DE', { amount: '418000.40', currency: 'EUR' }))).toBe('418.000 €'));
});

describe('words and shares', () => {
  it('names the alternatives as the language does', () => {
    expect([oneOf('de-DE', ['getan', 'gesagt']), oneOf('en-GB', ['did', 'said', 'wrote'])]).toEqual([
      'getan oder gesagt',
      'did, said or wrote',
    ]);
  });
  it.each([
    ['de-DE', '87,5 %'],
    ['en-GB', '87.5%'],
  ])('in %s, 0.875 is %s', (locale, text) => expect(plain(share(locale, 0.875))).toBe(text));
});
