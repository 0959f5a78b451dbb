import * as z from 'zod';
import type { Database } from '../dynamodb/embedded/open-database.ts';

/** A table and calls without an SDK, for tests. */

const attributes = z.record(z.string(), z.record(z.string(), z.unknown()));
const page = z.object({ Items: z.array(attributes), LastEvaluatedKey: attributes.optional() });
const described = z.object({ Table: z.object({ LatestStreamArn: z.string() }) });
const shards = z.object({ StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }) });
const records = z.object({
  Records: z.array(
    z.object({
      eventName: z.string(),
      userIdentity: z.object({ Type: z.string(), PrincipalId: z.string() }).optional(),
      dynamodb: z.object({ Keys: attributes, SequenceNumber: z.string() }),
    }),
  ),
  NextShardIterator: z.string(),
});
const iterator = z.object({ ShardIterator: z.string() });
const refusal = z.object({ __type: z.string(), message: z.string().optional(), Message: z.string().optional() });

export type Call = (operation: string, input: object) => unknown;

/** @returns `call`, which throws `<name>: <message>` where the database refuses, and `pages`, which reads a query or scan to its end */
export function databaseCalls(database: Pick<Database, 'answer'>) {
  const call: Call = (operation, input) => {
    const isStream = /^(DescribeStream|GetShardIterator|GetRecords)$/.test(operation);
    const { status, text } = database.answer(`${isStream ? 'DynamoDBStreams' : 'DynamoDB'}_20120810.${operation}`, JSON.stringify(input));
    const said: unknown = JSON.parse(text);
    if (status === 200) return said;
    const { __type, message, Message } = refusal.parse(said);
    throw new Error(`${__type.replace(/.*#/, '')}: ${message ?? Message}`);
  };
  const pages = (operation: 'Query' | 'Scan', input: object): readonly z.infer<typeof attributes>[] => {
    const found: z.infer<typeof attributes>[] = [];
    let start: object | undefined;
    do {
      const { Items, LastEvaluatedKey } = page.parse(call(operation, { ...input, ExclusiveStartKey: start }));
      found.push(...Items);
      start = LastEvaluatedKey;
    } while (start !== undefined);
    return found;
  };
  return { call, pages };
}

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const keys = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];

/** Creates `table` with one index, a stream of new images and expiry by `expiresAt`. */
export function createTable(call: Call): void {
  call('CreateTable', {
    TableName: 'table',
    AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map(text),
    KeySchema: keys('pk', 'sk'),
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: [{ IndexName: 'gsi1', KeySchema: keys('gsi1pk', 'gsi1sk'), Projection: { ProjectionType: 'ALL' } }],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  });
  call('UpdateTimeToLive', { TableName: 'table', TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } });
}

/** An item whose further attributes are texts and numbers. */
export const item = (pk: string, sk: string, more: Readonly<Record<string, string | number>> = {}) =>
  Object.fromEntries(
    Object.entries({ pk, sk, ...more }).map(([name, value]) => [name, typeof value === 'number' ? { N: String(value) } : { S: value }]),
  );

/** An iterator at the beginning of the table's stream. */
export function streamStart(call: Call): string {
  const StreamArn = described.parse(call('DescribeTable', { TableName: 'table' })).Table.LatestStreamArn;
  const [shard] = shards.parse(call('DescribeStream', { StreamArn })).StreamDescription.Shards;
  const input = { StreamArn, ShardId: shard?.ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  return iterator.parse(call('GetShardIterator', input)).ShardIterator;
}

/** All records of the table's stream. */
export function readStream(call: Call, from = streamStart(call)) {
  const found: { readonly name: string; readonly keys: z.infer<typeof attributes>; readonly isExpiry: boolean; readonly number: string }[] =
    [];
  for (let next = from; ;) {
    const { Records, NextShardIterator } = records.parse(call('GetRecords', { ShardIterator: next }));
    if (Records.length === 0) return found;
    for (const { eventName, dynamodb, userIdentity } of Records)
      found.push({
        name: eventName,
        keys: dynamodb.Keys,
        isExpiry: userIdentity?.PrincipalId === 'dynamodb.amazonaws.com',
        number: dynamodb.SequenceNumber,
      });
    next = NextShardIterator;
  }
}
