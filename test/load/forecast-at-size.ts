// node test/load/forecast-at-size.ts [OPEN] [WORK,WORK]: a company with so many open opportunities in DynamoDB Local, and what each work on it takes.
// Every work runs in a process of its own, so that its memory is its own. Nothing here is a bound: the machine decides the times.
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { findLeaksNightly } from '@meilenstein/forecast/leaks/events/find-leaks';
import { forecastHttp } from '@meilenstein/forecast/forecasts/http/forecast-api';
import { gradeForecasts } from '@meilenstein/forecast/grades/events/grade-forecasts';
import { nightlySnapshot } from '@meilenstein/forecast/snapshots/events/nightly-snapshot';
import { onReplayRequested } from '@meilenstein/forecast/replays/events/on-replay-requested';
import { forecastStores } from '@meilenstein/forecast/stores';
import { toInstant } from '@meilenstein/kernel';
import { startDatabase } from '@meilenstein/local';
import { commit, eventsOf } from '@meilenstein/runtime/aggregate/commit';
import { dynamoTable } from '@meilenstein/runtime/table/dynamo-table';
import { batchOf, callOf, inMemory } from '@meilenstein/runtime/testing/in-memory';
import { keyText, type Item, type Table, type Write } from '@meilenstein/runtime';
import { packed } from '@meilenstein/runtime/table/packed-item';
import * as z from 'zod';
import { itemSize, readUnits, writeUnits } from '@meilenstein/runtime/table/item-size';
import { now, opportunitiesOf, organisationOf, process as salesProcess, type CompanySize, type LargeOpportunity } from './large-company.ts';
import { printed } from './printed.ts';

const tableName = 'forecast-at-size';
const machinery = inMemory(now);

const tableAt = (endpoint: string): { readonly client: DynamoDBClient; readonly table: Table } => {
  const client = new DynamoDBClient({ endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  return { client, table: dynamoTable(tableName, client, machinery.clock) };
};

const create = (client: DynamoDBClient) => {
  const names = ['pk', 'sk', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk'];
  const key = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  return client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: key('pk', 'sk'),
      GlobalSecondaryIndexes: ['gsi1', 'gsi2'].map((IndexName) => ({
        IndexName,
        KeySchema: key(`${IndexName}pk`, `${IndexName}sk`),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  );
};

const write = async (table: Table, writes: readonly Write[]): Promise<void> => {
  const batches = Array.from({ length: Math.ceil(writes.length / 100) }, (_, n) => writes.slice(n * 100, (n + 1) * 100));
  for (let n = 0; n < batches.length; n += 8) await Promise.all(batches.slice(n, n + 8).map((batch) => table.transact(batch)));
};

const isCounter = ({ pk }: Item): boolean => /^(MONTH|COHORTS)#/.test(pk);
const summed = (before: Item | undefined, { pk, sk, ...counts }: Item): Item => {
  const sums: Record<string, unknown> = { ...before, pk, sk };
  for (const [name, count] of Object.entries(counts)) if (typeof count === 'number') sums[name] = count + Number(sums[name] ?? 0);
  return { ...sums, pk, sk };
};

/**
 * Folds the company through the service's own view in memory, a few thousand opportunities at a time, and puts what they became into the
 * table: all but the rows of events, which no forecast reads.
 */
const seed = async (table: Table, size: CompanySize): Promise<void> => {
  const whole = inMemory(now);
  await forecastStores(whole).company.fold(organisationOf(size));
  await forecastStores(whole).view.fold([salesProcess]);
  await write(
    table,
    whole.table.dump().map((put) => ({ put })),
  );
  const counters = new Map<string, Item>();
  const take = async (some: readonly LargeOpportunity[]): Promise<void> => {
    const part = inMemory(now);
    const stores = forecastStores(part);
    await stores.view.fold(some.flatMap((one) => one.events));
    await stores.estimates.fold(some.map((one) => one.estimate));
    const items = part.table.dump().filter(({ pk }) => !pk.startsWith('OPPORTUNITY#'));
    await write(
      table,
      items.filter((item) => !isCounter(item)).map((put) => ({ put })),
    );
    for (const item of items.filter(isCounter)) counters.set(keyText(item), summed(counters.get(keyText(item)), item));
  };
  let some: LargeOpportunity[] = [];
  for (const one of opportunitiesOf(size)) {
    some.push(one);
    if (some.length < 4_000) continue;
    await take(some);
    some = [];
  }
  await take(some);
  await write(
    table,
    [...counters.values()].map((put) => ({ put })),
  );
};

type Meter = { reads: number; read: number; writes: number; largest: number; longest: number };

/** Counts what is read and written, in capacity units, and the largest item on the way. */
const metered = (table: Table): { readonly table: Table; readonly meter: Meter } => {
  const meter: Meter = { reads: 0, read: 0, writes: 0, largest: 0, longest: 0 };
  const seen = (item: Item): number => {
    const bytes = itemSize(packed(item));
    meter.largest = Math.max(meter.largest, bytes);
    return bytes;
  };
  const units = (items: readonly (Item | undefined)[], share: number): void => {
    meter.reads += 1;
    meter.read += share * readUnits(items.reduce((sum, item) => sum + (item === undefined ? 0 : seen(item)), 0));
  };
  return {
    meter,
    table: {
      ...table,
      get: async (key) => {
        const item = await table.get(key);
        units([item], 1);
        return item;
      },
      getMany: async (keys) => {
        const items = await table.getMany(keys);
        for (const item of items) units([item], 1);
        return items;
      },
      query: async (query) => {
        const page = await table.query(query);
        units(page.items, query.index === undefined ? 1 : 0.5);
        return page;
      },
      transact: async (writes) => {
        const share = writes.length === 1 ? 1 : 2;
        for (const one of writes) meter.writes += share * ('put' in one ? writeUnits(seen(one.put)) : 1);
        return table.transact(writes);
      },
    },
  };
};

const cells = z.array(z.union([z.string(), z.number()]));
const works = ['read', 'forecast', 'ask', 'night', 'grade', 'leaks', 'replay'] as const;
type Work = (typeof works)[number];

/** One work on the company, as the function of the service does it. */
const doWork = async (work: Work, table: Table): Promise<string> => {
  const deps = { ...machinery, table, ...forecastStores({ ...machinery, table }) };
  const call = callOf(forecastHttp(deps));
  const at = { scheduledTime: toInstant('2026-11-10T00:15:00+01:00') };
  switch (work) {
    case 'read':
      return `${(await deps.facts.open()).length} open`;
    case 'forecast': {
      const { status } = await call('GET /forecasts', { query: { window: 'quarter' } });
      return `status ${status}`;
    }
    case 'ask': {
      const { status } = await call('GET /leaks', { query: { only: 'leaks' } });
      return `status ${status}`;
    }
    case 'night':
      await nightlySnapshot(deps)(at);
      return 'snapshots kept';
    case 'grade':
      await gradeForecasts(deps)({ scheduledTime: toInstant('2026-11-16T00:45:00+01:00') });
      return 'week graded';
    case 'leaks':
      await findLeaksNightly(deps)(at);
      return 'leaks reported';
    case 'replay': {
      await call('POST /forecasts/replays');
      const requested = (await table.query({ partition: 'REPLAY#history', prefix: 'COMMIT#' })).items.at(-1);
      const events = eventsOf(commit.parse(requested)).map(({ envelope }) => envelope);
      const { batchItemFailures } = await onReplayRequested(deps, machinery.consumer)(batchOf(...events));
      const { json } = await call('GET /forecasts/grades');
      return `${batchItemFailures.length} failed, ${JSON.stringify(json).length} characters of grades`;
    }
  }
};

const measure = async (work: Work, endpoint: string): Promise<void> => {
  const { table, meter } = metered(tableAt(endpoint).table);
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const result = await doWork(work, table);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const processor = ((userCPUTime + systemCPUTime) / 1e6).toFixed(1);
  const memory = Math.round(maxRSS / 1024);
  console.log(
    JSON.stringify([
      work,
      seconds,
      processor,
      Math.round(before / 1_048_576),
      memory,
      Math.round(meter.read),
      meter.reads,
      meter.writes,
      Math.round(meter.largest / 1024),
      result,
    ]),
  );
};

const main = async (): Promise<void> => {
  const [, self = '', first = '100000', endpoint] = process.argv;
  const work = works.find((one) => one === first);
  if (work !== undefined && endpoint !== undefined) return measure(work, endpoint);
  const open = Number(first);
  const wanted = works.filter((one) => endpoint === undefined || endpoint.split(',').includes(one));
  const dynamo = await startDatabase({ dataFolder: tmpdir(), inMemory: true });
  try {
    const { client, table } = tableAt(dynamo.endpoint);
    await create(client);
    const began = performance.now();
    await seed(table, { open, ended: Math.round(open * 0.6), reps: 200, teams: 10, segments: 12 });
    console.log(
      `${open} open and ${Math.round(open * 0.6)} ended opportunities stand in the table after ${Math.round((performance.now() - began) / 1000)} s`,
    );
    const rows = wanted.map((one) => {
      const child = spawnSync(process.execPath, ['--max-old-space-size=2600', self, one, dynamo.endpoint], {
        encoding: 'utf8',
        env: process.env,
      });
      const last = child.stdout.trim().split('\n').at(-1) ?? '';
      return last.startsWith('[')
        ? cells.parse(JSON.parse(last))
        : [one, '–', '–', 0, 0, 0, 0, 0, 0, child.stderr.split('\n').find((line) => line.includes('Error')) ?? ''];
    });
    console.log(printed([['work', 'seconds', 'processor', 'MB before', 'MB at most', 'RCU', 'reads', 'WCU', 'largest KB', ''], ...rows]));
  } finally {
    await dynamo.stop();
  }
};

await main();
