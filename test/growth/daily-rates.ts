import type { Settings } from '@meilenstein/contracts';
import { addDays, currency, day, type Day } from '@meilenstein/kernel';

/** As many as the European Central Bank publishes every working day. */
const publishedCurrencies =
  'AUD BGN BRL CAD CHF CNY CZK DKK GBP HKD HUF IDR ILS INR ISK JPY KRW MXN MYR NOK NZD PHP PLN RON SEK SGD THB TRY USD ZAR'
    .split(' ')
    .map((code) => currency.parse(code));

/** The most that `PUT /settings` takes: the oldest are left out. */
const mostRates = 2000;

type Rates = Settings['rates'];

/** The settings of a company whose nightly job adds the rates of each day, which walk at random. `random` gives numbers in [0, 1). */
export const dailyRates = (random: () => number, first: Day = day.parse('2026-01-01')) => {
  const values = new Map(publishedCurrencies.map((code) => [code, 0.05 + random() * 2]));
  let rates: Rates = [];
  let on = first;
  return (): Rates => {
    const today = publishedCurrencies.map((code) => {
      const value = (values.get(code) ?? 1) * (0.99 + random() * 0.02);
      values.set(code, value);
      return { id: `ecb-${code}-${on}`, currency: code, from: on, value: value.toFixed(4) };
    });
    on = addDays(on, 1);
    rates = [...today, ...rates].slice(0, mostRates);
    return rates;
  };
};
