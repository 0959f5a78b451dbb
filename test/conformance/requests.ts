import {
  type AttributeValue,
  BatchGetItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Request } from './both-databases.ts';

export type Attributes = Record<string, AttributeValue>;
type Expression = {
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Attributes;
};

export const S = (text: string): AttributeValue => ({ S: text });
export const N = (text: string): AttributeValue => ({ N: text });
export const key = (pk: string, sk = '1'): Attributes => ({ pk: S(pk), sk: S(sk) });
export const absent: Expression = { ConditionExpression: 'attribute_not_exists(pk)' };
export const versionIs = (version: number | string): Expression => ({
  ConditionExpression: '#version = :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':version': N(String(version)) },
});

const adding = (attribute: string, value: AttributeValue) => ({
  UpdateExpression: 'ADD #a0 :a0',
  ExpressionAttributeNames: { '#a0': attribute },
  ExpressionAttributeValues: { ':a0': value },
});

/** Requests to one table. */
export const requestsTo = (TableName: string) => ({
  put:
    (Item: Attributes, when: Expression = {}): Request =>
    (client) =>
      client.send(new PutItemCommand({ TableName, Item, ...when })),
  get:
    (Key: Attributes): Request =>
    (client) =>
      client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })),
  remove:
    (Key: Attributes, when: Expression = {}): Request =>
    (client) =>
      client.send(new DeleteItemCommand({ TableName, Key, ...when })),
  add:
    (Key: Attributes, value: AttributeValue, attribute = 'n'): Request =>
    (client) =>
      client.send(new UpdateItemCommand({ TableName, Key, ...adding(attribute, value) })),
  batch:
    (Keys: Attributes[]): Request =>
    (client) =>
      client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } } })),
  query:
    (input: Omit<QueryCommandInput, 'TableName'>): Request =>
    (client) =>
      client.send(new QueryCommand({ TableName, ...input })),
  scan:
    (input: Omit<ScanCommandInput, 'TableName'>): Request =>
    (client) =>
      client.send(new ScanCommand({ TableName, ...input })),
  transact:
    (TransactItems: TransactWriteItem[], ClientRequestToken?: string): Request =>
    (client) =>
      client.send(new TransactWriteItemsCommand({ TransactItems, ...(ClientRequestToken === undefined ? {} : { ClientRequestToken }) })),
  /** parts of a transaction */
  putting: (Item: Attributes, when: Expression = {}): TransactWriteItem => ({ Put: { TableName, Item, ...when } }),
  removing: (Key: Attributes): TransactWriteItem => ({ Delete: { TableName, Key } }),
  adding: (Key: Attributes, value: AttributeValue, attribute = 'n'): TransactWriteItem => ({
    Update: { TableName, Key, ...adding(attribute, value) },
  }),
});

/** One after the other; what the last came to. */
export const inSequence =
  (...requests: readonly Request[]): Request =>
  async (client) => {
    let last: object = {};
    for (const request of requests) last = await request(client);
    return last;
  };

type Range = {
  readonly prefix?: AttributeValue;
  readonly equal?: AttributeValue;
  readonly between?: readonly [AttributeValue, AttributeValue];
};

/** A query's key condition on the table or on an index. */
export const where = (partition: AttributeValue, { prefix, equal, between }: Range = {}, index = '') => {
  const range =
    prefix !== undefined
      ? { text: ' AND begins_with(#sk, :from)', values: { ':from': prefix } }
      : equal !== undefined
        ? { text: ' AND #sk = :from', values: { ':from': equal } }
        : between !== undefined
          ? { text: ' AND #sk BETWEEN :from AND :until', values: { ':from': between[0], ':until': between[1] } }
          : { text: '', values: {} };
  return {
    ...(index === '' ? {} : { IndexName: index }),
    KeyConditionExpression: `#pk = :pk${range.text}`,
    ExpressionAttributeNames: { '#pk': `${index}pk`, ...(range.text === '' ? {} : { '#sk': `${index}sk` }) },
    ExpressionAttributeValues: { ':pk': partition, ...range.values },
  };
};
