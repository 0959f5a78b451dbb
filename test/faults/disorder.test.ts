import {
  companyEvents,
  envelopeReader,
  pipelineEvents,
  reportedEvents,
  targetsSet,
  type AnyEvent,
  type Envelope,
} from '@meilenstein/contracts';
import { forecastStores } from '@meilenstein/forecast/store/forecast-stores';
import { currency, day, timeZone, toInstant } from '@meilenstein/kernel';
import { importOpportunities } from '@meilenstein/pipeline/handlers/import-opportunities';
import { pipelineShelves } from '@meilenstein/pipeline/store/shelves';
import { onOrder } from '@meilenstein/quota/handlers/on-order';
import { quotaApi } from '@meilenstein/quota/handlers/quota-api';
import { quotaShelves } from '@meilenstein/quota/store/shelves';
import { reportingShelves } from '@meilenstein/reporting/store/shelves';
import { importJob } from '@meilenstein/runtime';
import { memoryBucket } from '@meilenstein/runtime/memory-bucket';
import { batchOf, callOf, onMemory, type OnMemory } from '@meilenstein/runtime/on-memory';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { organisation, process, settings } from '../company/documents.ts';
import { history } from '../company/history.ts';
import { seeded } from '../company/random.ts';

const now = toInstant('2026-11-20T10:00:00Z');

const tools = (): OnMemory => onMemory(now);

const heard = <Definition extends AnyEvent>(hears: readonly Definition[], events: readonly Envelope[]) =>
  events.filter((event) => hears.some((one) => one.name === event.name)).map(envelopeReader(hears));

/** Half a year of business of the demo company, made by the deciders themselves in this process. */
const business = async (): Promise<readonly Envelope[]> => {
  const [quota, pipeline] = [tools(), tools()];
  const quotaDeps = { ...quota, shelves: quotaShelves(quota) };
  const put = (path: string, body: unknown) => callOf(quotaApi(quotaDeps))(`PUT ${path}`, { body, headers: { 'if-none-match': '*' } });
  const answers = [
    await put('/settings', settings(day.parse('2026-11-20'))),
    await put('/organisation', organisation(seeded(1), day.parse('2024-01-01'))),
  ];
  expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
  const bucket = memoryBucket(pipeline.clock);
  const shelves = pipelineShelves(pipeline);
  await shelves.company.fold(heard(companyEvents, quota.events()));
  await shelves.processes.change(process.processId, () => ({
    events: [
      {
        name: 'ProcessPublished',
        version: 1,
        data: { processId: process.processId, version: 1, name: process.name, milestones: [...process.milestones] },
      },
    ],
  }));
  const rows = history(seeded(5), now, { leads: 40, opportunities: 60 }).opportunities;
  bucket.put('imports/i1.ndjson', Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')));
  const imports = importJob({ ...pipeline, bucket });
  await imports.start('i1', 'old-crm');
  await importOpportunities(
    { ...pipeline, shelves, imports, importQueueUrl: 'q' },
    pipeline.door,
  )(batchOf({ object: { key: 'imports/i1.ndjson' } }));
  expect(await imports.status('i1')).toMatchObject({ status: 'finished', rejected: 0, rows: rows.length });
  const orders = pipeline.events().filter((event) => ['OpportunityWon', 'OrderCancelled'].includes(event.name));
  await onOrder(quotaDeps, quota.door)(batchOf(...orders));
  return [...quota.events(), ...pipeline.events()];
};

const viewsAfter = async (deliveries: readonly Envelope[], batch: number): Promise<readonly unknown[]> => {
  const [forecast, reporting] = [tools(), tools()];
  const [stores, shelves] = [forecastStores(forecast), reportingShelves(reporting)];
  for (let from = 0; from < deliveries.length; from += batch) {
    const some = deliveries.slice(from, from + batch);
    await stores.view.fold(heard(pipelineEvents, some));
    await stores.targets.fold(heard([targetsSet], some));
    await stores.company.fold(heard(companyEvents, some));
    await shelves.facts.fold(heard(reportedEvents, some));
  }
  return [forecast, reporting].map(({ table }) =>
    table
      .dump()
      .map(({ version: _, ...item }) => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== 0)))
      .filter((item) => Object.keys(item).length > 2)
      .toSorted((a, b) => (`${a['pk']} ${a['sk']}` < `${b['pk']} ${b['sk']}` ? -1 : 1)),
  );
};

describe('every event three times in random order', () => {
  let events: readonly Envelope[] = [];

  beforeAll(async () => {
    events = await business();
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
          expect(await viewsAfter(deliveries, batch)).toEqual(clean);
        },
      ),
      { numRuns: 4, endOnFailure: true },
    );
  }, 120_000);

  it('credits each order once, however often and in whatever order its events come', async () => {
    const orders = events.filter((event) => ['OpportunityWon', 'OrderCancelled'].includes(event.name));
    const settled = events.filter((event) => event.name === 'SettingsChanged');
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...orders, ...orders], { minLength: orders.length * 2 }), async (deliveries) => {
        const quota = tools();
        const shelves = quotaShelves(quota);
        await shelves.company.settings.change('settings', () => ({
          events: settled.map(() => ({
            name: 'SettingsChanged' as const,
            version: 1,
            data: { zone: timeZone.parse('Europe/Berlin'), reportingCurrency: currency.parse('EUR') },
          })),
        }));
        await onOrder({ ...quota, shelves }, quota.door)(batchOf(...deliveries));
        const credits = quota.events().filter((event) => event.name.startsWith('Credit'));
        expect(credits.length).toBe(orders.length);
      }),
      { numRuns: 10 },
    );
  });
});
