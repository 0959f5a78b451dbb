import { companyEvents, pipelineEvents, reportingOnFact, targetsSet, type Envelope } from '@meilenstein/contracts';
import { forecastStores } from '@meilenstein/forecast/stores';
import { currency, timeZone } from '@meilenstein/kernel';
import { onOrder } from '@meilenstein/quota/credits/events/on-order';
import { quotaStores } from '@meilenstein/quota/stores';
import { reportingStores } from '@meilenstein/reporting/stores';
import { seeded, type Random } from '@meilenstein/demo/company/random';
import { cancelTransactions } from '@meilenstein/runtime/testing/cancelled-transactions';
import { batchOf, type InMemory } from '@meilenstein/runtime/testing/in-memory';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { business, receivedOf, tools } from './business-in-process.ts';

/** Tools whose table cancels one transaction in ten. */
const troubledTools = (random: Random): InMemory => {
  const own = tools();
  cancelTransactions(own.table, () => random() < 0.1);
  return own;
};

const viewsAfter = async (
  deliveries: readonly Envelope[],
  batch: number,
  [forecast, reporting]: readonly [InMemory, InMemory] = [tools(), tools()],
): Promise<readonly unknown[]> => {
  const [forecastViews, reportingViews] = [forecastStores(forecast), reportingStores(reporting)];
  for (let from = 0; from < deliveries.length; from += batch) {
    const some = deliveries.slice(from, from + batch);
    await forecastViews.view.fold(receivedOf(pipelineEvents, some));
    await forecastViews.targets.fold(receivedOf([targetsSet], some));
    await forecastViews.company.fold(receivedOf(companyEvents, some));
    await reportingViews.facts.fold(receivedOf(reportingOnFact.receives, some));
  }
  return [forecast, reporting].map(({ table }) =>
    table
      .dump()
      .map(({ version: _, ...item }) => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== 0)))
      .filter((item) => Object.keys(item).length > 2)
      .toSorted((a, b) => (`${a['pk']} ${a['sk']}` < `${b['pk']} ${b['sk']}` ? -1 : 1)),
  );
};

describe('every event delivered three times in random order, while transactions are cancelled', () => {
  let events: readonly Envelope[] = [];

  beforeAll(async () => {
    ({ events } = await business());
  });

  it('leaves every view equal to the one of a clean run', async () => {
    expect(events.length).toBeGreaterThan(300);
    const clean = await viewsAfter(events, 1000);
    const thrice = [...events, ...events, ...events];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(thrice, { minLength: thrice.length, maxLength: thrice.length }),
        fc.integer({ min: 3, max: 40 }),
        async (deliveries, batch) => {
          const random = seeded(batch);
          expect(await viewsAfter(deliveries, batch, [troubledTools(random), troubledTools(random)])).toEqual(clean);
        },
      ),
      { numRuns: 4, endOnFailure: true },
    );
  }, 120_000);

  it('credits each order once, however often and in whatever order its events arrive', async () => {
    const orders = events.filter((event) => ['OpportunityWon', 'OrderCancelled'].includes(event.name));
    const settled = events.filter((event) => event.name === 'SettingsChanged');
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...orders, ...orders], { minLength: orders.length * 2 }), async (deliveries) => {
        const quota = troubledTools(seeded(deliveries.length));
        const stores = quotaStores(quota);
        await stores.company.settings.change('settings', () => ({
          events: settled.map(() => ({
            name: 'SettingsChanged' as const,
            version: 1,
            data: { zone: timeZone.parse('Europe/Berlin'), reportingCurrency: currency.parse('EUR') },
          })),
        }));
        await onOrder({ ...quota, stores }, quota.consumer)(batchOf(...deliveries));
        const credits = quota.events().filter((event) => event.name.startsWith('Credit'));
        expect(credits.length).toBe(orders.length);
      }),
      { numRuns: 10 },
    );
  });
});
