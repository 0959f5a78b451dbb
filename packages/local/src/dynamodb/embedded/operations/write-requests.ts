import * as z from 'zod';
import { type AttributeValue, type Item, numberOf, readItem, sizeOfItem } from '../values/attribute-value.ts';
import { invalid, unsupported } from '../database-error.ts';
import { sumOf } from '../values/decimal.ts';
import { type Additions, type ItemCondition, type Placeholders, readAdditions, readCondition, refusePlaceholders } from './expressions.ts';
import { indexKeyOf, keyAttributes, keyInItem, readKey } from '../values/item-key.ts';
import type { ItemWrite } from './item-writes.ts';
import { attributes, placeholders } from './operation.ts';
import { namesOf, type TableDefinition } from '../values/table-definition.ts';
import type { Tables } from '../storage/tables.ts';

/** 400 KB, names included. */
const largestItem = 400 * 1024;

const conditional = { TableName: z.string(), ConditionExpression: z.string().optional(), ...placeholders };

export const putRequest = z.strictObject({ ...conditional, Item: attributes });
export const deleteRequest = z.strictObject({ ...conditional, Key: attributes });
export const updateRequest = z.strictObject({ TableName: z.string(), Key: attributes, UpdateExpression: z.string(), ...placeholders });

type Conditional = Placeholders & { readonly ConditionExpression?: string | undefined };

export function toPut(tables: Tables, request: z.infer<typeof putRequest>): ItemWrite {
  const table = tables.named(request.TableName);
  const { definition } = table.store;
  const item = readItem(request.Item);
  const key = keyInItem(item, definition);
  if (sizeOfItem(item) > largestItem) throw invalid('Item size has exceeded the maximum allowed size');
  const next = (): Item => {
    refuseIndexKeys(item, definition);
    return item;
  };
  return { table, key, condition: conditionOf(request, definition), next };
}

export function toDelete(tables: Tables, request: z.infer<typeof deleteRequest>): ItemWrite {
  const table = tables.named(request.TableName);
  const { definition } = table.store;
  return { table, key: readKey(request.Key, definition), condition: conditionOf(request, definition), next: () => undefined };
}

export function toUpdate(tables: Tables, request: z.infer<typeof updateRequest>): ItemWrite {
  const table = tables.named(request.TableName);
  const { definition } = table.store;
  const key = readKey(request.Key, definition);
  const additions = readAdditions(request.UpdateExpression, request);
  for (const [attribute, value] of additions) refuseAddition(attribute, value, definition);
  return {
    table,
    key,
    next: (before) => {
      const item = added(before() ?? keyAttributes(definition, key), additions);
      if (sizeOfItem(item) > largestItem) throw invalid('Item size to update has exceeded the maximum allowed size');
      refuseIndexKeys(item, definition);
      return item;
    },
  };
}

function conditionOf(request: Conditional, definition: TableDefinition): ItemCondition | undefined {
  if (request.ConditionExpression !== undefined) return readCondition(request.ConditionExpression, request, namesOf(definition));
  refusePlaceholders(request);
  return undefined;
}

function refuseAddition(attribute: string, value: AttributeValue, definition: TableDefinition): void {
  if (namesOf(definition).includes(attribute))
    throw invalid(`One or more parameter values were invalid: Cannot update attribute ${attribute}. This attribute is part of the key`);
  const [type = ''] = Object.keys(value);
  if (type.endsWith('S') && type.length === 2) throw unsupported(`an ADD of a set (to ${attribute}; only numbers are added)`);
  if (type !== 'N')
    throw invalid(
      `Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: ${longName(type)}`,
    );
}

const longName = (type: string): string => ({ S: 'STRING', B: 'BINARY', BOOL: 'BOOLEAN', NULL: 'NULL', L: 'LIST', M: 'MAP' })[type] ?? type;

function added(item: Item, additions: Additions): Item {
  const sums = additions.map(([attribute, value]): readonly [string, AttributeValue] => {
    const there = item[attribute];
    const [old, more] = [there === undefined ? '0' : numberOf(there), numberOf(value) ?? '0'];
    if (old === undefined) throw invalid('An operand in the update expression has an incorrect data type');
    return [attribute, { N: sumOf(old, more) }];
  });
  const entries = Object.entries({ ...item, ...Object.fromEntries(sums) });
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function refuseIndexKeys(item: Item, { indexes }: TableDefinition): void {
  for (const index of indexes) indexKeyOf(item, index);
}
