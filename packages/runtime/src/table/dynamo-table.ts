import { ConditionalCheckFailedException, TransactionCanceledException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Clock } from '@meilenstein/kernel';
import { epochMillis } from '@meilenstein/kernel';
import * as z from 'zod';
import { cursorAdvice, InvalidCursor, fromCursor, toCursor } from './cursor.ts';
import { watchItemSize } from './item-bounds.ts';
import { packed, unpacked } from './packed-item.ts';
import { keyText, type Condition, type Item, type Key, type Outcome, type Query, type Table, type Write } from './table.ts';

const item = z.looseObject({ pk: z.string(), sk: z.string() });
const cursorKey = z.record(z.string(), z.string());

type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const condition = (when: Condition | undefined): object =>
  when === undefined
    ? {}
    : when === 'absent'
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': when.versionIs },
        };

const action = (TableName: string, write: Write): Action => {
  if ('put' in write) {
    const Item = packed(write.put);
    watchItemSize(Item);
    return { Put: { TableName, Item, ...condition(write.when) } };
  }
  if ('remove' in write) return { Delete: { TableName, Key: { pk: write.remove.pk, sk: write.remove.sk } } };
  const names = Object.keys(write.by);
  return {
    Update: {
      TableName,
      Key: { pk: write.add.pk, sk: write.add.sk },
      UpdateExpression: `ADD ${names.map((_, i) => `#a${i} :a${i}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name, i) => [`#a${i}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name, i) => [`:a${i}`, write.by[name]])),
    },
  };
};

const queryInput = (TableName: string, query: Query) => {
  const [pk, sk] = query.index === undefined ? ['pk', 'sk'] : [`${query.index}pk`, `${query.index}sk`];
  const range =
    query.prefix !== undefined ? ' AND begins_with(#sk, :from)' : query.between !== undefined ? ' AND #sk BETWEEN :from AND :until' : '';
  return {
    TableName,
    ...(query.index === undefined ? { ConsistentRead: true } : { IndexName: query.index }),
    KeyConditionExpression: `#pk = :pk${range}`,
    ExpressionAttributeNames: { '#pk': pk, ...(range === '' ? {} : { '#sk': sk }) },
    ExpressionAttributeValues: {
      ':pk': query.partition,
      ...(query.prefix !== undefined ? { ':from': query.prefix } : {}),
      ...(query.prefix === undefined && query.between !== undefined ? { ':from': query.between[0], ':until': query.between[1] } : {}),
    },
    ScanIndexForward: query.descending !== true,
    ...(query.limit === undefined ? {} : { Limit: query.limit }),
    ...(query.after === undefined ? {} : { ExclusiveStartKey: fromCursor(query.after, ['pk', 'sk']) }),
  };
};

/**
 * Refusals that say: nothing was written, try again soon. DynamoDB gives them as an exception of a single write or of a whole transaction, or
 * as the reason why a transaction was cancelled; all of them mean the same. The SDK repeats some of the exceptions, and no reason.
 */
const inTheWay = new Set([
  'TransactionConflict',
  'TransactionConflictException',
  'TransactionInProgressException',
  'ThrottlingError',
  'ThrottlingException',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);

/** What became of a write that DynamoDB refused. Throws where it was a fault and no refusal. */
const refused = (error: unknown): Outcome => {
  if (error instanceof ConditionalCheckFailedException) return { done: false, failed: [0] };
  if (error instanceof Error && inTheWay.has(error.name)) return { done: false, failed: [] };
  if (!(error instanceof TransactionCanceledException)) throw error;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
  if (codes.some((code) => code !== 'None' && code !== 'ConditionalCheckFailed' && !inTheWay.has(code))) throw error;
  return { done: false, failed: codes.flatMap((code, index) => (code === 'ConditionalCheckFailed' ? [index] : [])) };
};

/** The table in DynamoDB, where large documents lie packed. Throttling and 5xx are retried by the SDK; a lost answer is resolved by the caller's conditions. */
export const dynamoTable = (name: string, client: DynamoDBClient, clock: Clock): Table => {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

  const alive = (raw: unknown): Item | undefined => {
    if (raw === undefined) return undefined;
    const found = unpacked(item.parse(raw));
    const expiresAt = found['expiresAt'];
    return typeof expiresAt === 'number' && expiresAt * 1000 <= epochMillis(clock.now()) ? undefined : found;
  };
  const living = (raw: readonly unknown[] | undefined): Item[] => (raw ?? []).map(alive).filter((one) => one !== undefined);
  const cursor = (last: unknown): string | null => (last === undefined ? null : toCursor(cursorKey.parse(last)));

  const hundred = async (keys: readonly Key[]): Promise<Item[]> => {
    const found: Item[] = [];
    let pending: readonly object[] = keys.map(({ pk, sk }) => ({ pk, sk }));
    while (pending.length > 0) {
      const answer = await documents.send(new BatchGetCommand({ RequestItems: { [name]: { Keys: [...pending], ConsistentRead: true } } }));
      found.push(...living(answer.Responses?.[name]));
      pending = answer.UnprocessedKeys?.[name]?.Keys ?? [];
    }
    return found;
  };

  /** One write needs no transaction, which would cost twice as much. */
  const alone = async (write: Write): Promise<void> => {
    const { Put, Update, Delete } = action(name, write);
    if (Put !== undefined) await documents.send(new PutCommand(Put));
    if (Update !== undefined) await documents.send(new UpdateCommand(Update));
    if (Delete !== undefined) await documents.send(new DeleteCommand(Delete));
  };

  return {
    get: async ({ pk, sk }) =>
      alive((await documents.send(new GetCommand({ TableName: name, Key: { pk, sk }, ConsistentRead: true }))).Item),
    getMany: async (keys) => {
      const chunks = Array.from({ length: Math.ceil(keys.length / 100) }, (_, i) => keys.slice(i * 100, i * 100 + 100));
      const found = (await Promise.all(chunks.map(hundred))).flat();
      const byKey = new Map(found.map((one) => [keyText(one), one]));
      return keys.map((key) => byKey.get(keyText(key)));
    },
    query: async (query) => {
      try {
        const answer = await documents.send(new QueryCommand(queryInput(name, query)));
        return { items: living(answer.Items), next: cursor(answer.LastEvaluatedKey) };
      } catch (error) {
        // DynamoDB refuses a start key that is none of this partition: somebody made the cursor up.
        if (query.after !== undefined && error instanceof Error && error.name === 'ValidationException')
          throw new InvalidCursor(cursorAdvice);
        throw error;
      }
    },
    transact: async (writes) => {
      const [only, ...others] = writes;
      try {
        if (only !== undefined && others.length === 0) await alone(only);
        else await documents.send(new TransactWriteCommand({ TransactItems: writes.map((write) => action(name, write)) }));
        return { done: true };
      } catch (error) {
        return refused(error);
      }
    },
    scan: async (after) => {
      const answer = await documents.send(
        new ScanCommand({
          TableName: name,
          ConsistentRead: true,
          ...(after === null ? {} : { ExclusiveStartKey: fromCursor(after, ['pk', 'sk']) }),
        }),
      );
      return { items: living(answer.Items), next: cursor(answer.LastEvaluatedKey) };
    },
  };
};
