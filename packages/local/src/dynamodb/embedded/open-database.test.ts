import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noFaults } from './faults.ts';
import { type Database, openDatabase } from './open-database.ts';
import { type Call, createTable, databaseCalls, item, readStream, streamStart } from '../../testing/small-database.ts';

const minute = 60_000;
const hour = 60 * minute;

let database: Database;
let call: Call;
let pages: ReturnType<typeof databaseCalls>['pages'];
let now = 0;
let told: string[] = [];
beforeEach(() => {
  now = Date.parse('2026-11-20T10:00:00Z');
  told = [];
  database = openDatabase({ now: () => now, onRecords: (table) => told.push(table) });
  ({ call, pages } = databaseCalls(database));
  createTable(call);
});
afterEach(() => database.close());

const put = (...of: Parameters<typeof item>) => call('PutItem', { TableName: 'table', Item: item(...of) });
const transact = (actions: readonly object[], token?: string) =>
  call('TransactWriteItems', { TransactItems: actions, ClientRequestToken: token });
const putting = (...of: Parameters<typeof item>) => ({ Put: { TableName: 'table', Item: item(...of) } });
const adding = (pk: string, by: number) => ({
  Update: {
    TableName: 'table',
    Key: item(pk, '1'),
    UpdateExpression: 'ADD #a0 :a0',
    ExpressionAttributeNames: { '#a0': 'n' },
    ExpressionAttributeValues: { ':a0': { N: String(by) } },
  },
});
const sks = (pk: string) => pages('Query', { TableName: 'table', ...where('pk', pk) }).map(({ sk }) => sk?.['S']);
const where = (attribute: string, value: string) => ({
  KeyConditionExpression: '#pk = :pk',
  ExpressionAttributeNames: { '#pk': attribute },
  ExpressionAttributeValues: { ':pk': { S: value } },
});

describe('an unsupported request', () => {
  it.each([
    ['an operation', 'BatchWriteItem', {}, 'the operation DynamoDB_20120810.BatchWriteItem'],
    [
      'a parameter',
      'GetItem',
      { TableName: 'table', Key: item('a', '1'), ProjectionExpression: 'pk' },
      'the parameter ProjectionExpression of GetItem',
    ],
    [
      'a parameter of an action',
      'TransactWriteItems',
      { TransactItems: [{ ConditionCheck: {} }] },
      'the parameter TransactItems.0.ConditionCheck of TransactWriteItems',
    ],
    [
      'a condition',
      'PutItem',
      { TableName: 'table', Item: item('a', '1'), ConditionExpression: 'attribute_not_exists(other)' },
      '"attribute_not_exists(other)"',
    ],
    ['an update', 'UpdateItem', { TableName: 'table', Key: item('a', '1'), UpdateExpression: 'SET #a = :a' }, '"SET #a = :a"'],
    ['a key condition', 'Query', { TableName: 'table', KeyConditionExpression: '#pk > :pk' }, '"#pk > :pk"'],
  ])('%s is refused by name', (_, operation, input, what) => {
    expect(() => call(operation, input)).toThrow('UnsupportedOperationException');
    expect(() => call(operation, input)).toThrow(what);
  });

  it('a key that is a number is refused when its table is created', () => {
    const create = () =>
      call('CreateTable', {
        TableName: 'numbers',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      });
    expect(create).toThrow('UnsupportedOperationException: the key attribute id of type N (only S)');
  });
});

describe('a transaction that is sent again', () => {
  it('takes effect once within ten minutes, and again after that', () => {
    const n = () => pages('Scan', { TableName: 'table' })[0]?.['n'];
    transact([adding('sum', 1)], 'token');
    now += 9 * minute;
    transact([adding('sum', 1)], 'token');
    expect(n()).toEqual({ N: '1' });
    now += 2 * minute;
    transact([adding('sum', 1)], 'token');
    expect(n()).toEqual({ N: '2' });
  });
});

describe('an item with a time to live', () => {
  const seconds = () => Math.floor(now / 1000);

  it('stays until it is swept away, and its stream says who removed it', () => {
    put('a', 'old', { expiresAt: seconds() });
    put('a', 'young', { expiresAt: seconds() + 1 });
    put('a', 'no time', { expiresAt: 'tomorrow' });
    expect(sks('a')).toEqual(['no time', 'old', 'young']);
    database.sweep();
    expect(sks('a')).toEqual(['no time', 'young']);
    expect(readStream(call).slice(3)).toMatchObject([{ name: 'REMOVE', keys: item('a', 'old'), isExpiry: true }]);
  });

  it('stays if its time is more than five years in the past, because DynamoDB ignores such a time', () => {
    put('a', 'ancient', { expiresAt: 1 });
    database.sweep();
    expect(sks('a')).toEqual(['ancient']);
  });

  it('expires by an attribute that is named later, even if the item was written before', () => {
    put('a', 'b', { until: seconds() - 1 });
    call('UpdateTimeToLive', { TableName: 'table', TimeToLiveSpecification: { AttributeName: 'until', Enabled: true } });
    database.sweep();
    expect(sks('a')).toEqual([]);
  });
});

describe('a stream', () => {
  it('reports new records, but not where nothing changed', () => {
    put('a', '1');
    put('a', '1');
    expect(told).toEqual(['table']);
  });

  it('forgets records after a day, and refuses iterators from before', () => {
    put('a', '1');
    const before = streamStart(call);
    now += 20 * hour;
    put('a', '2');
    now += 5 * hour;
    database.sweep();
    expect(readStream(call)).toMatchObject([{ keys: item('a', '2') }]);
    expect(() => call('GetRecords', { ShardIterator: before })).toThrow('ExpiredIteratorException');
    now -= 25 * hour;
    expect(() => call('GetRecords', { ShardIterator: before })).toThrow('TrimmedDataAccessException');
  });

  it('begins after the records that it forgot', () => {
    put('a', '1');
    now += 25 * hour;
    database.sweep();
    put('a', '2');
    expect(readStream(call)).toMatchObject([{ keys: item('a', '2') }]);
  });
});

describe('faults', () => {
  it('make writes conflict with other transactions, at the rate and by the seed that they are given', () => {
    const outcomes = (): readonly string[] => {
      database.setFaults({ ...noFaults, conflicts: 0.5, seed: 7 });
      return Array.from({ length: 100 }, (_, n) => {
        try {
          transact([putting('c', String(n)), putting('d', String(n))]);
          return 'done';
        } catch (error) {
          return String(error).replace(/^.*\[/, '[');
        }
      });
    };
    const first = outcomes();
    expect(new Set(first)).toEqual(new Set(['done', '[TransactionConflict, None]', '[None, TransactionConflict]']));
    expect(first.filter((one) => one === 'done').length).toBeGreaterThan(30);
    expect(first.filter((one) => one === 'done').length).toBeLessThan(70);
    expect(outcomes()).toEqual(first);
  });

  it('make a single write meet a transaction', () => {
    database.setFaults({ ...noFaults, conflicts: 1 });
    expect(() => put('a', '1')).toThrow('TransactionConflictException');
    database.setFaults(noFaults);
    expect(sks('a')).toEqual([]);
  });

  it('throttle each kind of request', () => {
    put('a', '1');
    database.setFaults({ ...noFaults, throttling: 1 });
    const key = { TableName: 'table', Key: item('a', '1') };
    for (const refused of [
      () => call('GetItem', key),
      () => call('DeleteItem', key),
      () => pages('Scan', { TableName: 'table' }),
      () => sks('a'),
    ])
      expect(refused).toThrow('ThrottlingException');
    expect(() => transact([putting('a', '2')])).toThrow('[ThrottlingError]');
    const keys = ['1', '2', '3'].map((sk) => item('a', sk));
    expect(call('BatchGetItem', { RequestItems: { table: { Keys: keys } } })).toMatchObject({
      Responses: { table: [item('a', '1')] },
      UnprocessedKeys: { table: { Keys: [item('a', '3')] } },
    });
  });

  it('let an index lag behind the table until they end', () => {
    const listed = (Limit?: number) =>
      pages('Query', { TableName: 'table', IndexName: 'gsi1', ...where('gsi1pk', 'all'), Limit }).map(({ sk, n }) => [sk?.['S'], n?.['N']]);
    const numbered = (sk: string, n: number) => put('a', sk, { gsi1pk: 'all', gsi1sk: sk, n });
    for (const sk of ['1', '2', '3']) numbered(sk, 0);
    database.setFaults({ ...noFaults, indexesLag: true });
    numbered('2', 1);
    numbered('4', 1);
    call('DeleteItem', { TableName: 'table', Key: item('a', '1') });
    put('a', '3', { n: 1 });
    const before = [
      ['1', '0'],
      ['2', '0'],
      ['3', '0'],
    ];
    expect([listed(), listed(1)]).toEqual([before, before]);
    expect(sks('a')).toEqual(['2', '3', '4']);
    database.setFaults(noFaults);
    expect(listed()).toEqual([
      ['2', '1'],
      ['4', '1'],
    ]);
  });
});
