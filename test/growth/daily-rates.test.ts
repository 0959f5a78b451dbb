import { companyEvents, envelopeReader, type CompanyEnvelope, type Settings } from '@meilenstein/contracts';
import { seeded } from '@meilenstein/demo/company/random';
import { forecastStores } from '@meilenstein/forecast/stores';
import { leadsInMemory } from '@meilenstein/leads/testing/leads-in-memory';
import { pipelineStores } from '@meilenstein/pipeline/stores';
import { alignRates } from '@meilenstein/quota/organisation/domain/published-rates';
import { quotaInMemory, settings } from '@meilenstein/quota/testing/quota-in-memory';
import { reportingStores } from '@meilenstein/reporting/stores';
import type { CompanyCopy, Item } from '@meilenstein/runtime';
import { itemSize } from '@meilenstein/runtime/table/item-size';
import { packed } from '@meilenstein/runtime/table/packed-item';
import { inMemory } from '@meilenstein/runtime/testing/in-memory';
import { beforeAll, describe, expect, it } from 'vitest';
import { dailyRates } from './daily-rates.ts';

const publishes = 400;
const allowed = 100_000;
const start = '2026-01-01T05:00:00.000Z';
const read = envelopeReader(companyEvents);

const sizes = (items: Iterable<Item>): readonly number[] => [...items].map((item) => itemSize(packed(item)));

/** As a queue hands them over. */
const batches = (events: readonly CompanyEnvelope[]): readonly (readonly CompanyEnvelope[])[] =>
  Array.from({ length: Math.ceil(events.length / 10) }, (_, n) => events.slice(n * 10, n * 10 + 10));

const copies: Readonly<Record<string, () => { readonly company: CompanyCopy; readonly items: () => Iterable<Item> }>> = {
  leads: () => {
    const leads = leadsInMemory(start);
    return { company: leads.stores.company, items: () => leads.table.items() };
  },
  pipeline: () => {
    const tools = inMemory(start);
    return { company: pipelineStores(tools).company, items: () => tools.table.items() };
  },
  forecast: () => {
    const tools = inMemory(start);
    return { company: forecastStores(tools).company, items: () => tools.table.items() };
  },
  reporting: () => {
    const tools = inMemory(start);
    return { company: reportingStores(tools).company, items: () => tools.table.items() };
  },
};

describe(`${publishes} daily publishes of the rates of 30 currencies`, () => {
  const quota = quotaInMemory(start);
  const complete: CompanyEnvelope[] = [];
  let events: readonly CompanyEnvelope[] = [];

  beforeAll(async () => {
    const { reportingCurrency } = settings;
    const next = dailyRates(seeded(7));
    let rates: Settings['rates'] = [];
    for (let count = 1; count <= publishes; count += 1) {
      rates = next();
      const today = rates;
      await quota.stores.company.settings.change('rates', ({ rates: before }) => alignRates(before, { reportingCurrency, rates: today }));
      const times = { occurredAt: start, recordedAt: start, storedAt: start };
      const head = { id: `complete-${count}`, subject: 'rates', sequence: count, origin: 'live', correlationId: 'c', causedBy: null };
      complete.push(read({ ...head, ...times, name: 'RatesPublished', version: 1, data: { reportingCurrency, rates } }));
    }
    const answer = await quota.put('settings', { ...settings, rates });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.json));
    events = quota.events().map(read);
  }, 120_000);

  it('keep every item of quota below 100 KB', () => {
    expect(events.filter((event) => event.name === 'RatesPublished')).toHaveLength(publishes);
    expect(Math.max(...sizes(quota.table.items()))).toBeLessThan(allowed);
  });

  it.each(Object.keys(copies))('keep every item of %s below 100 KB, and give it the rates that quota has', async (service) => {
    const made = copies[service]?.();
    if (made === undefined) throw new Error(service);
    for (const batch of batches(events)) await made.company.fold(batch);
    expect(Math.max(...sizes(made.items()))).toBeLessThan(allowed);
    const document = (await quota.call('GET /settings')).json;
    expect(document).toMatchObject({ rates: (await made.company.read()).rates });
  });

  it.each(['leads'])('keep every item of %s below 100 KB where each publish holds the complete list', async (service) => {
    const made = copies[service]?.();
    if (made === undefined) throw new Error(service);
    for (const batch of batches(complete)) await made.company.fold(batch);
    expect(Math.max(...sizes(made.items()))).toBeLessThan(allowed);
    expect((await quota.call('GET /settings')).json).toMatchObject({ rates: (await made.company.read()).rates });
  });
});
