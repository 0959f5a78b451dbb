import * as z from 'zod';
import { invalid } from '../database-error.ts';
import type { Engine } from '../engine.ts';
import { throttled } from '../faults.ts';
import { lagKey } from '../storage/index-lag.ts';
import { readKey } from '../values/item-key.ts';
import { constraint, attributes, operation, type Operation } from './operation.ts';

const maxKeys = 100;
const largestAnswer = 16 * 1024 * 1024;

const getRequest = z.strictObject({ TableName: z.string(), Key: attributes, ConsistentRead: z.boolean().optional() });
const batchRequest = z.strictObject({
  RequestItems: z.record(z.string(), z.strictObject({ Keys: z.array(attributes), ConsistentRead: z.boolean().optional() })),
});

export const readOperations = ({ tables, trouble }: Engine): Readonly<Record<string, Operation>> => ({
  GetItem: operation('GetItem', getRequest, ({ TableName, Key }) => {
    const { store } = tables.named(TableName);
    const key = readKey(Key, store.definition);
    if (trouble().isThrottled()) throw throttled();
    const found = store.find(key);
    return found === undefined ? '{}' : `{"Item":${found.body}}`;
  }),
  BatchGetItem: operation('BatchGetItem', batchRequest, ({ RequestItems }) => {
    const requests = Object.entries(RequestItems);
    const count = requests.reduce((sum, [, { Keys }]) => sum + Keys.length, 0);
    if (requests.length === 0 || count === 0) throw constraint('{}', 'requestItems', 'length greater than or equal to 1');
    if (count > maxKeys) throw invalid('Too many items requested for the BatchGetItem call');
    const wanted = requests.flatMap(([name, { Keys }]) => {
      const { store } = tables.named(name);
      const keys = Keys.map((raw) => ({ raw, key: readKey(raw, store.definition) }));
      if (new Set(keys.map(({ key }) => lagKey(key))).size < keys.length) throw invalid('Provided list of item keys contains duplicates');
      return keys.map((one) => ({ ...one, name, store }));
    });
    // Like DynamoDB, which throws only where it could not read anything.
    if (trouble().isThrottled() && count === 1) throw throttled();
    const half = trouble().isThrottled() ? Math.ceil(count / 2) : count;
    const found = new Map(requests.map(([name]): [string, string[]] => [name, []]));
    let [size, read] = [0, 0];
    for (const { name, store, key } of wanted) {
      if (read === half) break;
      const item = store.find(key);
      if (size + (item?.size ?? 0) > largestAnswer) break;
      size += item?.size ?? 0;
      read += 1;
      if (item !== undefined) found.get(name)?.push(item.body);
    }
    const responses = [...found].map(([name, bodies]) => `${JSON.stringify(name)}:[${bodies.join(',')}]`);
    const left = wanted.slice(read);
    const unprocessed = requests
      .map(([name, request]) => [name, { ...request, Keys: left.filter((one) => one.name === name).map(({ raw }) => raw) }] as const)
      .filter(([, { Keys }]) => Keys.length > 0);
    return `{"Responses":{${responses.join(',')}},"UnprocessedKeys":${JSON.stringify(Object.fromEntries(unprocessed))}}`;
  }),
});
