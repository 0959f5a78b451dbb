import { forecastView, ratesPublished, type ForecastView } from '@meilenstein/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { cents, forecastInMemory } from '../../testing/forecast-in-memory.ts';
import { daysAgo, envelopeOf, type Story } from '../../testing/example-history.ts';

let service = await forecastInMemory(0);
beforeEach(async () => {
  service = await forecastInMemory(60);
  await service.setUp();
});

const story = (id: string, more: Partial<Story>): Story => ({
  id,
  rep: 'ben',
  began: 10,
  minor: 100_000,
  segment: 'small',
  steps: [{ what: 'need', after: 2 }],
  ...more,
});
const ask = async (query: Readonly<Record<string, string>> = {}): Promise<ForecastView> => {
  const { status, json } = await service.get('/forecasts', query);
  expect(status).toBe(200);
  return forecastView.parse(json);
};

/** A rate with a typing error. */
const rates = [
  envelopeOf(
    ratesPublished,
    { subject: 'rates', sequence: 2, at: daysAgo(1) },
    { reportingCurrency: 'EUR', rates: [{ id: 'gbp', currency: 'GBP', from: '2020-01-01', value: '1500' }] },
  ),
];

describe('an amount that has no value in the reporting currency', () => {
  it('is listed as a gap in the answer of each of its nodes', async () => {
    await service.play(story('yen', { currency: 'JPY' }));
    await service.play(story('franc', { currency: 'CHF', rep: 'dirk' }));
    await service.play(story('francs', { currency: 'CHF' }));
    await service.play(story('dollar', { currency: 'USD' }));
    const [chf, jpy] = ['CHF', 'JPY'].map((currency) => ({ reason: 'rate-missing', currency, opportunities: 1 }));
    expect((await ask()).gaps).toEqual([{ ...chf, opportunities: 2 }, jpy]);
    expect((await ask({ level: 'rep', key: 'dirk' })).gaps).toEqual([chf]);
    expect((await ask({ level: 'team', key: 'north' })).gaps).toEqual([chf, jpy]);
    expect(await ask({ level: 'rep', key: 'cora' })).not.toHaveProperty('gaps');
  });

  it('is valued at the mean order, as if it were unknown', async () => {
    const twin = await forecastInMemory(60);
    await twin.setUp();
    await service.play(story('yen', { currency: 'JPY' }));
    await twin.play(story('yen', { minor: null }));
    const unknown = forecastView.parse((await twin.get('/forecasts', { window: 'quarter' })).json);
    const gap = await ask({ window: 'quarter' });
    const { gaps, ...same } = gap;
    expect(gaps).toHaveLength(1);
    expect(same).toEqual(unknown);
    expect(gap.existing.byMilestone.reduce((sum, one) => sum + one.withoutAmount, 0)).toBeGreaterThan(0);
  });

  it.each([
    ['beyond 2^53 minor units', 9_000_000_000_000_000],
    ['beyond what an answer can write', 999_999_999_999_999],
  ])('is listed as a gap if it is %s after conversion', async (_, minor) => {
    const before = cents((await ask()).mean);
    await service.company.fold(rates);
    await service.play(story('slip', { currency: 'GBP', minor }));
    const { gaps, mean } = await ask();
    expect(gaps).toEqual([{ reason: 'amount-too-large', currency: 'GBP', opportunities: 1 }]);
    expect(cents(mean)).toBeLessThan(before + 10_000_000);
    expect((await service.get('/leaks')).status).toBe(200);
    expect((await service.call('POST /forecasts/what-if', { body: { amount: 2 } })).status).toBe(200);
    await service.night('2026-11-11', 'snapshot');
    expect((await service.get('/forecasts/progress')).status).toBe(200);
  });
});
