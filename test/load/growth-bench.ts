// npm run bench:growth [-- --opportunities=10000 --days=365] plays a year and weighs every item. Exits with 1 where one is too large, or a
// request reads a fifth more on the last day than on the first.
import './silence.ts';
import { parseArgs } from 'node:util';
import {
  companyEvents,
  envelopeReader,
  pipelineEvents,
  processPublished,
  repMoved,
  reportingOnFact,
  targetsSet,
  type AnyEvent,
  type Envelope,
} from '@meilenstein/contracts';
import { forecastHttp } from '@meilenstein/forecast/forecasts/http/forecast-api';
import { forecastStores } from '@meilenstein/forecast/stores';
import { addDays, day, repId, teamId } from '@meilenstein/kernel';
import { leadsInMemory } from '@meilenstein/leads/testing/leads-in-memory';
import { pipelineApi } from '@meilenstein/pipeline/opportunities/http/pipeline-api';
import { pipelineStores } from '@meilenstein/pipeline/stores';
import { alignRates } from '@meilenstein/quota/organisation/domain/published-rates';
import { largeOrganisation, largePlan } from '@meilenstein/quota/testing/large-company';
import { quotaInMemory, settings } from '@meilenstein/quota/testing/quota-in-memory';
import { reportingStores } from '@meilenstein/reporting/stores';
import { importJob, type Item, type Table } from '@meilenstein/runtime';
import { commit, eventsOf } from '@meilenstein/runtime/aggregate/commit';
import { itemBounds, kindOf, largeItem } from '@meilenstein/runtime/table/item-bounds';
import { itemSize, readUnits } from '@meilenstein/runtime/table/item-size';
import { packed } from '@meilenstein/runtime/table/packed-item';
import { callOf, inMemory, type Call } from '@meilenstein/runtime/testing/in-memory';
import { memoryBucket } from '@meilenstein/runtime/testing/memory-bucket';
import { seeded } from '../backtest/known-truth.ts';
import { dailyRates } from '../growth/daily-rates.ts';
import { now, opportunitiesOf, process as salesProcess } from './large-company.ts';
import { printed } from './printed.ts';

const { values } = parseArgs({
  options: {
    opportunities: { type: 'string', default: '100000' },
    days: { type: 'string', default: '365' },
    reps: { type: 'string', default: '1000' },
  },
});
const [opportunities, days, reps] = [Number(values.opportunities), Number(values.days), Number(values.reps)];
const teams = Math.max(1, Math.round(reps / 20));
const movesEachWeek = 10;
const mostGrowth = 1.2;

const begin = performance.now();
const tell = (text: string): void => console.error(`${String(Math.round((performance.now() - begin) / 1000)).padStart(5)} s  ${text}`);

/** A table whose reads are counted in capacity units. */
const metered = (table: Table): { readonly table: Table; readonly take: () => number } => {
  let units = 0;
  const count = (items: readonly (Item | undefined)[], share: number): void => {
    units += share * readUnits(items.reduce((sum, item) => sum + (item === undefined ? 0 : itemSize(packed(item))), 0));
  };
  return {
    take: () => {
      const taken = units;
      units = 0;
      return taken;
    },
    table: {
      ...table,
      get: async (key) => {
        const item = await table.get(key);
        count([item], 1);
        return item;
      },
      getMany: async (keys) => {
        const items = await table.getMany(keys);
        for (const item of items) count([item], 1);
        return items;
      },
      query: async (query) => {
        const page = await table.query(query);
        count(page.items, query.index === undefined ? 1 : 0.5);
        return page;
      },
    },
  };
};

const receivedBy = <Definition extends AnyEvent>(definitions: readonly Definition[], events: readonly Envelope[]) =>
  events.filter((event) => definitions.some((one) => one.name === event.name)).map(envelopeReader(definitions));

const quotaMeter: { take: () => number } = { take: () => 0 };
const quota = quotaInMemory(now, (table) => {
  const meter = metered(table);
  quotaMeter.take = meter.take;
  return meter.table;
});
const [pipeline, forecast, reporting] = [inMemory(now), inMemory(now), inMemory(now)];
const [pipelineMeter, forecastMeter] = [metered(pipeline.table), metered(forecast.table)];
const leadsMeter: { take: () => number } = { take: () => 0 };
const leads = leadsInMemory(now, {
  around: (table) => {
    const meter = metered(table);
    leadsMeter.take = meter.take;
    return meter.table;
  },
});

const pipelineMachinery = { ...pipeline, table: pipelineMeter.table };
const bucket = memoryBucket(pipeline.clock);
const pipelineDeps = {
  ...pipelineMachinery,
  stores: pipelineStores(pipelineMachinery),
  imports: importJob({ ...pipelineMachinery, bucket }),
};
const forecastMachinery = { ...forecast, table: forecastMeter.table };
const forecastDeps = { ...forecastMachinery, ...forecastStores(forecastMachinery) };
const reportingStore = reportingStores(reporting);
const callPipeline = callOf(pipelineApi(pipelineDeps));
const callForecast = callOf(forecastHttp(forecastDeps));

let passedOn = 0;
/** Hands over to the other services what quota has emitted since the last time. */
const passOn = async (): Promise<void> => {
  const commits = quota.table.commits(passedOn);
  passedOn += commits.length;
  const all = commits.flatMap((item) => eventsOf(commit.parse(item)).map(({ envelope }) => envelope));
  const company = receivedBy(companyEvents, all);
  for (const copy of [leads.stores.company, pipelineDeps.stores.company, forecastDeps.company, reportingStore.company])
    await copy.fold(company);
  await forecastDeps.targets.fold(receivedBy([targetsSet], all));
  await reportingStore.facts.fold(receivedBy([targetsSet], all));
};

type Answer = { readonly status: number; readonly json: unknown };
const isDone = (answer: Answer): void => {
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.json));
};

const rep: Pick<Call, 'role' | 'subject'> = { role: 'rep', subject: `login-${reps - 1}` };
const requests: readonly { readonly name: string; readonly take: () => number; readonly send: () => Promise<Answer> }[] = [
  { name: 'quota: GET /settings', take: () => quotaMeter.take(), send: () => quota.call('GET /settings') },
  { name: 'quota: GET /attainment', take: () => quotaMeter.take(), send: () => quota.attainment(`rep:rep-${reps - 1}`, 'FY2026', rep) },
  { name: 'leads: GET /leads', take: () => leadsMeter.take(), send: () => leads.call('GET /leads', rep) },
  { name: 'pipeline: GET /opportunities', take: () => pipelineMeter.take(), send: () => callPipeline('GET /opportunities', rep) },
  {
    name: 'forecast: GET /forecasts',
    take: () => forecastMeter.take(),
    send: () => callForecast('GET /forecasts', { query: { level: 'company', window: 'month' } }),
  },
];

/** Read units of each request right after the company has changed, and of the next one. */
const readAll = async (): Promise<readonly (readonly [number, number])[]> => {
  const units: (readonly [number, number])[] = [];
  for (const { name, take, send } of requests) {
    take();
    const first = await send();
    if (first.status >= 300) throw new Error(`${name}: ${JSON.stringify(first.json)}`);
    const afterChange = take();
    await send();
    units.push([afterChange, take()]);
  }
  return units;
};

tell(`a company of ${reps} reps in ${teams} teams with a plan`);
const company = largeOrganisation(reps, teams);
// As many as a settings document holds: a company that has published them for a while.
const next = dailyRates(seeded(7), day.parse('2026-09-01'));
for (let earlier = 0; earlier < 67; earlier += 1) next();
isDone(await quota.put('settings', { ...settings, rates: next() }));
isDone(await quota.put('organisation', company));
isDone(await quota.putPlan(largePlan(company)));
await forecastDeps.view.fold([salesProcess]);
await passOn();

tell(`${opportunities} opportunities`);
const size = { open: Math.ceil(opportunities / 2), ended: Math.floor(opportunities / 2), reps, teams, segments: 12 };
let some: Envelope[] = [];
let made = 0;
const take = async (): Promise<void> => {
  await forecastDeps.view.fold(receivedBy(pipelineEvents, some));
  await reportingStore.facts.fold(receivedBy(reportingOnFact.receives, some));
  some = [];
};
for (const one of opportunitiesOf(size)) {
  some.push(...one.events);
  made += 1;
  if (made % 1000 === 0) await take();
  if (made % 10_000 === 0) tell(`${made} opportunities`);
}
await take();

await quota.stores.company.settings.change('rates', ({ rates: before }) =>
  alignRates(before, { reportingCurrency: settings.reportingCurrency, rates: next() }),
);
await passOn();
const firstDay = await readAll();
tell('the first day is over');

const random = seeded(11);
const latest = { process: 1 };
for (let count = 2; count <= days; count += 1) {
  quota.move(86_400_000);
  const rates = next();
  await quota.stores.company.settings.change('rates', ({ rates: before }) =>
    alignRates(before, { reportingCurrency: settings.reportingCurrency, rates }),
  );
  for (let move = 0; count % 7 === 0 && move < movesEachWeek; move += 1) {
    const id = repId.parse(`rep-${Math.floor(random() * reps)}`);
    const team = teamId.parse(`team-${Math.floor(random() * teams)}`);
    const effectiveFrom = addDays(day.parse('2026-11-10'), count);
    await quota.stores.company.reps.change(id, () => ({ events: [repMoved.of({ repId: id, teamId: team, effectiveFrom })] }));
  }
  await passOn();
  if (count % 30 !== 0) continue;
  latest.process += 1;
  const published = {
    ...salesProcess,
    id: `process-${count}`,
    sequence: latest.process,
    data: { ...salesProcess.data, version: latest.process },
  };
  await forecastDeps.view.fold([processPublished.parse(published)]);
  tell(`day ${count}`);
}
const lastDay = await readAll();

const tables = { leads: leads.table, pipeline: pipeline.table, quota: quota.table, forecast: forecast.table, reporting: reporting.table };
const largest = new Map<string, { readonly service: string; readonly bytes: number; readonly items: number }>();
for (const [service, table] of Object.entries(tables))
  for (const item of table.items()) {
    const kind = `${kindOf(item)} (${service})`;
    const before = largest.get(kind);
    const bytes = itemSize(packed(item));
    largest.set(kind, { service, bytes: Math.max(bytes, before?.bytes ?? 0), items: (before?.items ?? 0) + 1 });
  }

const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1);
const boundOf = (kind: string): number | undefined => itemBounds.find((one) => kind.startsWith(`${one.kind} `))?.mostKilobytes;
console.log(
  printed([
    ['kind of item', 'items', 'largest, KB', 'bound, KB'],
    ...[...largest]
      .toSorted(([, a], [, b]) => b.bytes - a.bytes)
      .map(([kind, { bytes, items }]) => [kind, items, kilobytes(bytes), boundOf(kind) ?? '']),
  ]),
);
const growth = (last: number, first: number): string => `${(100 * (last / Math.max(first, 1) - 1)).toFixed(0)} %`;
console.log(
  `\n${printed([
    ['read units of a request', 'first day', `day ${days}`, 'growth', 'after a change: first', `day ${days}`, 'growth'],
    ...requests.map(({ name }, index) => {
      const [[changed, usual], [changedLast, usualLast]] = [firstDay[index] ?? [0, 0], lastDay[index] ?? [0, 0]];
      return [name, usual, usualLast, growth(usualLast, usual), changed, changedLast, growth(changedLast, changed)];
    }),
  ])}`,
);

const tooLarge = [...largest].filter(([kind, { bytes }]) => bytes > Math.min(largeItem, (boundOf(kind) ?? Infinity) * 1024));
const tooDear = requests.filter((_, index) => (lastDay[index]?.[1] ?? 0) > mostGrowth * Math.max(1, firstDay[index]?.[1] ?? 0));
for (const [kind, { bytes }] of tooLarge) console.log(`too large: ${kind} has an item of ${kilobytes(bytes)} KB`);
for (const { name } of tooDear) console.log(`reads more than a fifth more on day ${days}: ${name}`);
process.exitCode = tooLarge.length + tooDear.length > 0 ? 1 : 0;
