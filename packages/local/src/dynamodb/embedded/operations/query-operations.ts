import * as z from 'zod';
import { type AttributeValue, type Item, readItem, textOf } from '../values/attribute-value.ts';
import { invalid } from '../database-error.ts';
import type { Engine } from '../engine.ts';
import { type KeyCondition, readKeyCondition } from './expressions.ts';
import { throttled } from '../faults.ts';
import { lagging } from '../storage/lagging-walk.ts';
import { keyAttributes, readKey, refuseLongRange } from '../values/item-key.ts';
import { attributes, constraint, operation, type Operation, placeholders } from './operation.ts';
import { type IndexDefinition, type KeyNames, namesOf, type TableDefinition } from '../values/table-definition.ts';
import { projected, type StoredItem, type Walk } from '../storage/table-store.ts';
import { compareTexts, textAfter } from '../values/text-order.ts';

/** A page ends with the item that brings it to this many bytes. */
const largestPage = 1024 * 1024;

const paging = {
  TableName: z.string(),
  Limit: z.number().optional(),
  ExclusiveStartKey: attributes.optional(),
  ConsistentRead: z.boolean().optional(),
};
const queryRequest = z.strictObject({
  ...paging,
  IndexName: z.string().optional(),
  KeyConditionExpression: z.string(),
  ScanIndexForward: z.boolean().optional(),
  ...placeholders,
});
const scanRequest = z.strictObject(paging);

type Row = StoredItem & { readonly indexSk: string };

export const queryOperations = ({ tables, trouble, lag }: Engine): Readonly<Record<string, Operation>> => ({
  Query: operation('Query', queryRequest, (request) => {
    const { store } = tables.named(request.TableName);
    const index = indexOf(request, store.definition);
    const bounds = boundsOf(readKeyCondition(request.KeyConditionExpression, request), index ?? store.definition);
    refuseLimit(request.Limit);
    const backwards = request.ScanIndexForward === false;
    const { ExclusiveStartKey: start } = request;
    const behind = start === undefined ? undefined : startOf(start, { table: store.definition, index, bounds });
    if (trouble().isThrottled()) throw throttled();
    const walk: Walk = { index, ...bounds, backwards, behind };
    const rows = index === undefined ? store.walk(walk) : lagging(store, { ...walk, index }, lag.of(store));
    const { found, last } = pageOf(rows, request.Limit);
    const bodies = index === undefined ? found.map(({ body }) => body) : found.map(({ body }) => projected(body, index, store.definition));
    return answer(bodies, last && keyAt(last, store.definition, index && { index, partition: bounds.partition }));
  }),
  Scan: operation('Scan', scanRequest, ({ TableName, Limit, ExclusiveStartKey }) => {
    const { store } = tables.named(TableName);
    refuseLimit(Limit);
    const start = ExclusiveStartKey === undefined ? undefined : readStart(ExclusiveStartKey, store.definition);
    if (trouble().isThrottled()) throw throttled();
    const { found, last } = pageOf(store.walk({ behind: start && [start.pk, start.sk] }), Limit);
    return answer(
      found.map(({ body }) => body),
      last && keyAt(last, store.definition),
    );
  }),
});

function indexOf(
  { IndexName: name, ConsistentRead }: z.infer<typeof queryRequest>,
  { indexes }: TableDefinition,
): IndexDefinition | undefined {
  if (name === undefined) return undefined;
  const index = indexes.find((one) => one.name === name);
  if (index === undefined) throw invalid(`The table does not have the specified index: ${name}`);
  if (ConsistentRead === true) throw invalid('Consistent reads are not supported on global secondary indexes');
  return index;
}

function refuseLimit(limit: number | undefined): void {
  if (limit !== undefined && limit < 1) throw constraint(String(limit), 'limit', 'value greater than or equal to 1');
}

type Bounds = { readonly partition: string; readonly from?: string; readonly until?: string; readonly before?: string | undefined };

function boundsOf({ hash: [hash, value], range }: KeyCondition, keys: KeyNames): Bounds {
  if (hash !== keys.hash) throw invalid(`Query condition missed key schema element: ${keys.hash}`);
  const partition = keyText(value, hash);
  if (range === undefined) return { partition };
  if (range.attribute !== keys.range) throw invalid(`Query condition missed key schema element: ${keys.range ?? keys.hash}`);
  const [from = '', until = ''] = range.values.map((one) => keyText(one, range.attribute));
  refuseLongRange(from, until);
  if (range.kind === 'prefix') return { partition, from, before: textAfter(from) };
  if (compareTexts(from, until) > 0)
    throw invalid(
      `Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {S:${from}}, upper bound operand: AttributeValue: {S:${until}}`,
    );
  return { partition, from, until };
}

function keyText(value: AttributeValue, name: string): string {
  const text = textOf(value);
  if (text === undefined) throw invalid('One or more parameter values were invalid: Condition parameter type does not match schema type');
  if (text === '')
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
    );
  return text;
}

type Asked = { readonly table: TableDefinition; readonly index: IndexDefinition | undefined; readonly bounds: Bounds };

/** The position behind which a query goes on. @throws ValidationException where a query of this partition cannot have stood there */
function startOf(raw: Readonly<Record<string, unknown>>, { table, index, bounds }: Asked): readonly string[] {
  const item = readItem(raw);
  const names = new Set([...namesOf(table), ...(index === undefined ? [] : namesOf(index))]);
  if (Object.keys(item).length !== names.size || [...names].some((name) => textOf(item[name]) === undefined)) throw invalidStart();
  const text = (name: string | undefined): string => (name === undefined ? '' : (textOf(item[name]) ?? ''));
  const [partition, sort] = [text((index ?? table).hash), text((index ?? table).range)];
  if (partition === '' || (sort === '' && (index ?? table).range !== undefined)) throw invalidStart();
  if (partition !== bounds.partition) throw invalid('The provided starting key is outside query boundaries based on provided conditions');
  if (!isWithin(sort, bounds)) throw invalid('The provided starting key does not match the range key predicate');
  return index === undefined ? [sort] : [sort, text(table.hash), text(table.range)];
}

function isWithin(sort: string, { from, until, before }: Bounds): boolean {
  const order = (other: string): number => compareTexts(sort, other);
  return (
    (from === undefined || order(from) >= 0) && (until === undefined || order(until) <= 0) && (before === undefined || order(before) < 0)
  );
}

function readStart(raw: Readonly<Record<string, unknown>>, table: KeyNames) {
  try {
    return readKey(raw, table);
  } catch {
    throw invalidStart();
  }
}

const invalidStart = (): Error => invalid('The provided starting key is invalid');

type PageOfRows = { readonly found: readonly Row[]; readonly last: Row | undefined };

/** The rows of one page, and the last of them where more may follow: a page that is full by its size ends only where something is left. */
function pageOf(rows: Iterable<Row>, limit: number | undefined): PageOfRows {
  const found: Row[] = [];
  let size = 0;
  for (const row of rows) {
    if (size >= largestPage) return { found, last: found.at(-1) };
    found.push(row);
    size += row.size;
    if (found.length === limit) return { found, last: row };
  }
  return { found, last: undefined };
}

function keyAt(row: Row, table: TableDefinition, listed?: { readonly index: IndexDefinition; readonly partition: string }): Item {
  const key = keyAttributes(table, row);
  return listed === undefined ? key : { ...keyAttributes(listed.index, { pk: listed.partition, sk: row.indexSk }), ...key };
}

function answer(bodies: readonly string[], last: Item | undefined): string {
  const next = last === undefined ? '' : `,"LastEvaluatedKey":${JSON.stringify(last)}`;
  return `{"Items":[${bodies.join(',')}],"Count":${bodies.length},"ScannedCount":${bodies.length}${next}}`;
}
