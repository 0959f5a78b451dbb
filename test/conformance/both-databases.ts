import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, DynamoDBStreamsServiceException } from '@aws-sdk/client-dynamodb-streams';
import { startDatabase } from '@meilenstein/local';
import { inject } from 'vitest';

/** Clients of a database and the stream of the table in it. */
export type Side = { readonly client: DynamoDBClient; readonly streams: DynamoDBStreamsClient; readonly streamArn: string };

/** The embedded database and DynamoDB Local, each with a table of the same name that nobody else uses. */
export type Both = { readonly table: string; readonly embedded: Side; readonly local: Side; readonly stop: () => Promise<void> };

/** What an operation came to: its answer without what only travels, or the error's name, message and reasons. */
export type Outcome = { readonly answer: unknown } | { readonly error: string; readonly message: string; readonly reasons?: unknown };

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' }) as const;
const keys = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' } as const,
  { AttributeName: range, KeyType: 'RANGE' } as const,
];

/** The table of a service as the templates describe it, but with a stream that shows everything and an index that shows the keys only. */
export const tableInput = (TableName: string): CreateTableCommandInput => ({
  TableName,
  AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk'].map(text),
  KeySchema: keys('pk', 'sk'),
  BillingMode: 'PAY_PER_REQUEST',
  GlobalSecondaryIndexes: [
    { IndexName: 'gsi1', KeySchema: keys('gsi1pk', 'gsi1sk'), Projection: { ProjectionType: 'ALL' } },
    { IndexName: 'gsi2', KeySchema: keys('gsi2pk', 'gsi2sk'), Projection: { ProjectionType: 'KEYS_ONLY' } },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
});

/** @param table name of the table that both get */
export async function startBoth(table: string): Promise<Both> {
  const own = await startDatabase({ kind: 'embedded', dataFolder: '', inMemory: true });
  const [embedded, local] = await Promise.all([toSide(own.endpoint, table), toSide(inject('oracle'), table)]);
  return {
    table,
    embedded,
    local,
    stop: async () => {
      for (const { client, streams } of [embedded, local]) {
        client.destroy();
        streams.destroy();
      }
      await own.stop();
    },
  };
}

async function toSide(endpoint: string, table: string): Promise<Side> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'secret' };
  const place = { endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 };
  const client = new DynamoDBClient(place);
  const { TableDescription } = await client.send(new CreateTableCommand(tableInput(table)));
  return { client, streams: new DynamoDBStreamsClient(place), streamArn: TableDescription?.LatestStreamArn ?? '' };
}

export type Request = (client: DynamoDBClient) => Promise<object>;

/** Does the same on both. */
export const onBoth = async (
  { embedded, local }: Both,
  request: Request,
): Promise<{ readonly embedded: Outcome; readonly local: Outcome }> => {
  const [first, second] = await Promise.all([outcomeOf(() => request(embedded.client)), outcomeOf(() => request(local.client))]);
  return { embedded: first, local: second };
};

export async function outcomeOf(operation: () => Promise<object>): Promise<Outcome> {
  try {
    // DynamoDB Local tells a capacity that nobody asked for, and only where nothing was deleted.
    const travels = new Set(['$metadata', 'ConsumedCapacity']);
    return {
      answer: Object.fromEntries(Object.entries(await operation()).filter(([name, value]) => !travels.has(name) && value !== undefined)),
    };
  } catch (error) {
    if (error instanceof TransactionCanceledException) {
      const reasons = error.CancellationReasons?.map(({ Code, Message }) => ({ Code, Message }));
      return { error: error.name, message: error.message, reasons };
    }
    if (error instanceof DynamoDBServiceException || error instanceof DynamoDBStreamsServiceException)
      return { error: error.name, message: error.message };
    throw error;
  }
}

/** The outcome without the words of an error, which DynamoDB Local often chooses differently from DynamoDB. */
export const withoutWords = (outcome: Outcome): unknown => {
  if ('answer' in outcome) return outcome;
  const codes = Array.isArray(outcome.reasons) ? outcome.reasons.map((reason: { readonly Code?: string }) => reason.Code) : undefined;
  return { error: outcome.error, codes };
};
