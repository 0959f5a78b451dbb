import { readFileSync } from 'node:fs';
import { toInstant } from '@meilenstein/kernel';
import { forecastPublished } from '@meilenstein/contracts';
import { commit, eventsOf as storedEventsOf } from '@meilenstein/runtime/commit';
import { memoryTable } from '@meilenstein/runtime/memory-table';
import { describe, expect, it } from 'vitest';
import { companyHistory, eventsOf, now, process, yearOfStories } from '../example-history.ts';
import { forecastStores } from '../store/forecast-stores.ts';
import { nightlySnapshot } from './nightly-snapshot.ts';

const night = toInstant('2026-11-09T23:30:00Z');

const bench = async () => {
  let ids = 0;
  const table = memoryTable({ now: () => now });
  const stores = forecastStores({
    table,
    clock: { now: () => now },
    ids: { next: () => `id${(ids += 1)}` },
    delay: async () => {},
    random: () => 0,
  });
  await stores.company.fold(companyHistory);
  await stores.view.fold([process, ...yearOfStories(80).flatMap(eventsOf)]);
  return { table, stores, run: nightlySnapshot(stores) };
};

const said = ({ table }: Awaited<ReturnType<typeof bench>>) =>
  table.commits().flatMap((item) => storedEventsOf(commit.parse(item)).map(({ envelope }) => forecastPublished.parse(envelope)));

describe('the nightly snapshot', () => {
  it('publishes company, teams and reps, for month and quarter, under the day in the company’s zone', async () => {
    const table = await bench();
    await table.run({ scheduledTime: night });
    const subjects = said(table).map((event) => event.subject);
    expect(subjects).toHaveLength((1 + 2 + 4) * 2);
    expect(subjects).toContain('snapshot-2026-11-10-company-company-month');
    expect(subjects).toContain('snapshot-2026-11-10-team-south-quarter');
    expect(subjects).toContain('snapshot-2026-11-10-rep-ben-month');
  });

  it('says nothing the second time, though facts came in between', async () => {
    const table = await bench();
    await table.run({ scheduledTime: night });
    const before = said(table);
    await table.stores.view.fold(eventsOf({ id: 'late', rep: 'ben', began: 2, minor: 900_000, steps: [{ what: 'won', after: 1 }] }));
    await table.run({ scheduledTime: night });
    expect(said(table)).toEqual(before);
  });

  it('computes the same figures from the same facts', async () => {
    const [first, second] = [await bench(), await bench()];
    await first.run({ scheduledTime: night });
    await second.run({ scheduledTime: night });
    expect(said(first).map((event) => event.data)).toEqual(said(second).map((event) => event.data));
  });

  it('adds up: the reps’ and the teams’ means are the company’s', async () => {
    const table = await bench();
    await table.run({ scheduledTime: night });
    const sum = (level: string) =>
      said(table)
        .filter((event) => event.data.node.level === level && event.data.window.kind === 'quarter')
        .reduce((total, event) => total + event.data.figures.mean, 0);
    expect(sum('rep')).toBe(sum('company'));
    expect(sum('team')).toBe(sum('company'));
  });

  it('is silent before anybody has set zone and currency', async () => {
    const table = memoryTable({ now: () => now });
    const stores = forecastStores({ table, clock: { now: () => now }, ids: { next: () => 'id' }, delay: async () => {}, random: () => 0 });
    await nightlySnapshot(stores)({ scheduledTime: night });
    expect(table.dump()).toEqual([]);
  });

  it('still says what the published sample says', async () => {
    const path = new URL('../../../../packages/contracts/samples/ForecastPublished.v1.json', import.meta.url);
    const sample = forecastPublished.parse(JSON.parse(readFileSync(path, 'utf8')));
    const table = await bench();
    await table.run({ scheduledTime: night });
    const [event] = said(table);
    const shape = (one: object | undefined) => Object.keys(one ?? {}).toSorted();
    expect(shape(event)).toEqual(shape(sample));
    expect(shape(event?.data)).toEqual(shape(sample.data));
    expect(shape(event?.data.figures)).toEqual(shape(sample.data.figures));
    expect(shape(event?.data.existingByMilestone[0])).toEqual(shape(sample.data.existingByMilestone[0]));
  });
});
