import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  companyEvents,
  envelopeReader,
  repJoined,
  repLeft,
  settingsChanged,
  teamChanged,
  type CompanyEnvelope,
  type Fact,
} from '@meilenstein/contracts';
import { currency, day, epochMillis, repId, teamId, timeZone, toInstant } from '@meilenstein/kernel';
import { bootCloud, type Cloud } from '@meilenstein/local';
import { companyHistory, InvalidCursor, queryAll, type Key, type Table, type Write } from '@meilenstein/runtime';
import { dynamoTable } from '@meilenstein/runtime/table/dynamo-table';
import { memoryTable } from '@meilenstein/runtime/testing/memory-table';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cachedAssembly } from '@meilenstein/demo/assembly';

const clock = { now: () => toInstant('2026-11-20T10:00:00Z') };
const dataFolder = mkdtempSync(join(tmpdir(), 'tables-'));
/** The database that the cloud starts: `LOCAL_DATABASE` chooses. */
const database = process.env['LOCAL_DATABASE'] === 'dynamodb-local' ? 'DynamoDB Local' : 'the embedded database';
let cloud: Cloud;
let dynamo: Table;
let made = 0;

const from = day.parse('2026-01-01');

/** An event of the company as the bus brings it. */
const ofCompany = (subject: string, sequence: number, fact: Fact): CompanyEnvelope => {
  const times = { occurredAt: clock.now(), recordedAt: clock.now(), storedAt: clock.now() };
  const id = `${fact.name}-${subject}-${sequence}`;
  return envelopeReader(companyEvents)({ ...fact, id, subject, sequence, ...times, origin: 'live', correlationId: 'c', causedBy: null });
};

/** A partition nobody else uses: the tests share one table. */
const fresh = (): string => `P${process.pid}-${(made += 1)}`;

beforeAll(async () => {
  cloud = await bootCloud({ assembly: cachedAssembly(), dataFolder, inMemory: true });
  const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '', AWS_REGION: region = '' } = cloud.endpoints;
  const credentials = {
    accessKeyId: cloud.endpoints['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: cloud.endpoints['AWS_SECRET_ACCESS_KEY'] ?? '',
  };
  dynamo = dynamoTable('meilenstein-dev-quota', new DynamoDBClient({ endpoint, region, credentials }), clock);
});

afterAll(async () => {
  await cloud.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

describe.each(['memory', database])('a table in %s', (where) => {
  const memory = memoryTable(clock);
  const table = (): Table => (where === 'memory' ? memory : dynamo);

  it('keeps a rep, a team and a setting with the same id apart in a copy of the company, even beside an old row', async () => {
    const id = fresh();
    const ownName = (pk: string): string => (pk.startsWith('COMPANY') ? pk.replace('COMPANY', id) : pk);
    const inPartition = <Of extends Key>(key: Of): Of => ({ ...key, pk: ownName(key.pk) });
    const copy = companyHistory({
      table: {
        ...table(),
        query: (query) => table().query({ ...query, partition: ownName(query.partition) }),
        get: (key) => table().get(inPartition(key)),
        getMany: (keys) => table().getMany(keys.map(inPartition)),
        transact: (writes) =>
          table().transact(
            writes.map((write) =>
              'put' in write
                ? { ...write, put: inPartition(write.put) }
                : 'add' in write
                  ? { ...write, add: inPartition(write.add) }
                  : write,
            ),
          ),
      },
      clock,
      delay: async () => {},
      random: () => 0.5,
    });
    const joined = ofCompany(
      id,
      1,
      repJoined.of({ repId: repId.parse(id), repCode: 'r', role: 'rep', teamId: teamId.parse(id), loginSubject: id, effectiveFrom: from }),
    );
    const named = (name: string, sequence: number) =>
      ofCompany(id, sequence, teamChanged.of({ teamId: teamId.parse(id), name, parentTeamId: null, managers: [], effectiveFrom: from }));
    const left = ofCompany(id, 2, repLeft.of({ repId: repId.parse(id), effectiveFrom: day.parse('2026-02-01') }));
    const settings = ofCompany(
      id,
      1,
      settingsChanged.of({ zone: timeZone.parse('Europe/Berlin'), reportingCurrency: currency.parse('EUR') }),
    );
    // As a version of before wrote it: the row of the id, in which the team's first event had no place.
    await table().transact([{ put: { pk: id, sk: id, version: 2, events: [joined, named('North', 2)] }, when: 'absent' }]);
    await copy.fold([named('Arctic', 3), left, settings]);
    await copy.fold([named('First', 1), joined, named('North', 2), left]);
    expect((await copy.events()).map((event) => `${event.name} ${event.sequence}`).toSorted()).toEqual([
      'RepJoined 1',
      'RepLeft 2',
      'SettingsChanged 1',
      'TeamChanged 1',
      'TeamChanged 2',
      'TeamChanged 3',
    ]);
    expect(await copy.read()).toMatchObject({
      reps: [{ repId: id, memberships: [{ teamId: id, from, until: '2026-02-01' }] }],
      teams: [{ teamId: id, name: 'Arctic' }],
      zone: 'Europe/Berlin',
    });
  });

  it('stores an item as it was put', async () => {
    const item = { pk: fresh(), sk: 'a', text: 'ü', number: 1.5, nothing: null, list: [1, { deep: true }], bytes: new Uint8Array([1, 2]) };
    await table().transact([{ put: item }]);
    expect(await table().get(item)).toEqual(item);
  });

  it('returns a large document as it was put, from the table, an index or a batch', async () => {
    const pk = fresh();
    const state = { text: 'a long story. '.repeat(200), list: [1, null, { deep: true }] };
    const item = { pk, sk: 'STATE', version: 1, state, parts: { 1: state }, events: [state], gsi1pk: pk, gsi1sk: 'x' };
    await table().transact([{ put: item, when: 'absent' }]);
    expect(await table().get(item)).toEqual(item);
    expect(await table().getMany([item])).toEqual([item]);
    expect(await queryAll(table(), { index: 'gsi1', partition: pk })).toEqual([item]);
    const next = { ...item, version: 2, state: { text: 'short' } };
    expect(await table().transact([{ put: next, when: { versionIs: 1 } }])).toEqual({ done: true });
    expect(await queryAll(table(), { partition: pk })).toEqual([next]);
  });

  it('puts an item only if it is absent, and says which write failed', async () => {
    const pk = fresh();
    await table().transact([{ put: { pk, sk: 'a' }, when: 'absent' }]);
    const outcome = await table().transact([{ put: { pk, sk: 'b' } }, { put: { pk, sk: 'a', other: 1 }, when: 'absent' }]);
    expect(outcome).toEqual({ done: false, failed: [1] });
    expect(await table().get({ pk, sk: 'b' })).toBeUndefined();
  });

  it('replaces only the version that was read', async () => {
    const pk = fresh();
    await table().transact([{ put: { pk, sk: 'a', version: 1 } }]);
    const put = (version: number): Write => ({ put: { pk, sk: 'a', version: version + 1 }, when: { versionIs: version } });
    expect([await table().transact([put(1)]), await table().transact([put(1)])]).toEqual([{ done: true }, { done: false, failed: [0] }]);
  });

  it('adds to sums that may not exist yet', async () => {
    const key = { pk: fresh(), sk: 'sum' };
    await table().transact([{ add: key, by: { minor: 5 } }]);
    await table().transact([{ add: key, by: { minor: -7, count: 1 } }]);
    expect(await table().get(key)).toEqual({ ...key, minor: -2, count: 1 });
  });

  it('returns many keys in their order', async () => {
    const pk = fresh();
    const keys = Array.from({ length: 120 }, (_, n) => ({ pk, sk: String(n).padStart(3, '0') }));
    for (let from = 0; from < 120; from += 60)
      await table().transact(
        keys
          .slice(from, from + 60)
          .filter((_, n) => n % 2 === 0)
          .map((put) => ({ put })),
      );
    expect((await table().getMany(keys)).map((item) => item !== undefined)).toEqual(keys.map((_, n) => n % 2 === 0));
  });

  it('lists a partition in order, by prefix, between bounds, backwards and page by page', async () => {
    const pk = fresh();
    await table().transact(['a#1', 'a#2', 'a#3', 'b#1'].map((sk) => ({ put: { pk, sk } })));
    const sks = async (query: object) => (await queryAll(table(), { partition: pk, ...query })).map((item) => item.sk);
    expect(await sks({})).toEqual(['a#1', 'a#2', 'a#3', 'b#1']);
    expect(await sks({ prefix: 'a#' })).toEqual(['a#1', 'a#2', 'a#3']);
    expect(await sks({ between: ['a#2', 'b#0'] })).toEqual(['a#2', 'a#3']);
    expect(await sks({ descending: true, limit: 3 })).toEqual(['b#1', 'a#3', 'a#2', 'a#1']);
    expect((await table().query({ partition: pk, limit: 2 })).items).toHaveLength(2);
  });

  it('lists from an index only the items that have its keys', async () => {
    const pk = fresh();
    await table().transact([
      { put: { pk, sk: '1', gsi1pk: `${pk}-own`, gsi1sk: 'b' } },
      { put: { pk, sk: '2', gsi1pk: `${pk}-own`, gsi1sk: 'a' } },
      { put: { pk, sk: '3' } },
    ]);
    const found = await queryAll(table(), { index: 'gsi1', partition: `${pk}-own`, limit: 1 });
    expect(found.map((item) => item.sk)).toEqual(['2', '1']);
  });

  it('hides expired items', async () => {
    const pk = fresh();
    const now = epochMillis(clock.now()) / 1000;
    await table().transact([{ put: { pk, sk: 'old', expiresAt: now } }, { put: { pk, sk: 'young', expiresAt: now + 1 } }]);
    expect(await table().get({ pk, sk: 'old' })).toBeUndefined();
    expect((await queryAll(table(), { partition: pk })).map((item) => item.sk)).toEqual(['young']);
  });

  it('refuses a cursor that it did not issue', async () => {
    const madeUp = Buffer.from(JSON.stringify({ pk: 'x', sk: 'y' })).toString('base64url');
    for (const after of ['"nonsense', 'e30', madeUp])
      await expect(table().query({ partition: fresh(), after })).rejects.toThrow(InvalidCursor);
  });

  it('loses none of many concurrent additions', async () => {
    const key = { pk: fresh(), sk: 'sum' };
    const add = async (): Promise<void> => {
      while (!(await table().transact([{ add: key, by: { n: 1 } }])).done);
    };
    await Promise.all(Array.from({ length: 20 }, add));
    expect(await table().get(key)).toMatchObject({ n: 20 });
  });
});

it(`memory and ${database} agree on any sequence of transactions`, async () => {
  const write = fc.record({
    sk: fc.constantFrom('a', 'b', 'c'),
    kind: fc.constantFrom('put', 'absent', 'version', 'add', 'remove'),
    n: fc.integer({ min: 0, max: 3 }),
  });
  const distinct = fc.uniqueArray(write, { minLength: 1, maxLength: 3, selector: (one) => one.sk });
  await fc.assert(
    fc.asyncProperty(fc.array(distinct, { minLength: 1, maxLength: 8 }), async (transactions) => {
      const memory = memoryTable(clock);
      const pk = fresh();
      for (const transaction of transactions) {
        const writes = transaction.map(({ sk, kind, n }): Write => {
          if (kind === 'add') return { add: { pk, sk }, by: { version: n } };
          if (kind === 'remove') return { remove: { pk, sk } };
          return {
            put: { pk, sk, version: n },
            ...(kind === 'absent' ? { when: 'absent' } : kind === 'version' ? { when: { versionIs: n } } : {}),
          };
        });
        expect(await dynamo.transact(writes)).toEqual(await memory.transact(writes));
      }
      expect(await queryAll(dynamo, { partition: pk })).toEqual(await queryAll(memory, { partition: pk }));
    }),
    { numRuns: 30 },
  );
}, 60_000);

describe.skipIf(database === 'DynamoDB Local')('a table in a faulty embedded database', () => {
  it('treats a conflict as a concurrent change, in a transaction and in a single write', async () => {
    const pk = fresh();
    await cloud.troubleTables({ conflicts: 1 });
    const conflict = { done: false, failed: [] };
    expect(await dynamo.transact([{ put: { pk, sk: 'a' } }])).toEqual(conflict);
    expect(await dynamo.transact([{ put: { pk, sk: 'a' } }, { remove: { pk, sk: 'b' } }])).toEqual(conflict);
    await cloud.troubleTables({ conflicts: 0 });
    expect(await queryAll(dynamo, { partition: pk })).toEqual([]);
  });

  it('lists the earlier state from an index that lags', async () => {
    const pk = fresh();
    await cloud.troubleTables({ indexesLag: true });
    await dynamo.transact([{ put: { pk, sk: '1', gsi1pk: pk, gsi1sk: 'x' } }]);
    expect(await queryAll(dynamo, { index: 'gsi1', partition: pk })).toEqual([]);
    await cloud.troubleTables({ indexesLag: false });
    expect(await queryAll(dynamo, { index: 'gsi1', partition: pk })).toHaveLength(1);
  });

  it('eventually answers if some requests are throttled', async () => {
    const pk = fresh();
    await cloud.troubleTables({ throttling: 0.3, seed: 5 });
    const key = { pk, sk: 'a' };
    for (let n = 0; n < 10; n += 1) while (!(await dynamo.transact([{ add: key, by: { n: 1 } }])).done);
    await cloud.troubleTables({ throttling: 0 });
    expect(await dynamo.get(key)).toMatchObject({ n: 10 });
  });
});
