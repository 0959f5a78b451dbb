import { type AttributeValue, type Item, readItem, textOf } from './attribute-value.ts';
import { invalid } from '../database-error.ts';
import { type IndexDefinition, type KeyNames, namesOf, type TableDefinition } from './table-definition.ts';

/** The key of a stored item; `sk` is empty in a table without sort keys. */
export type ItemKey = { readonly pk: string; readonly sk: string };

const longestHash = 2048;
const longestRange = 1024;

/** The key that an item to be stored has. @throws ValidationException where it is incomplete, of another type, empty or too long */
export function keyInItem(item: Item, table: TableDefinition): ItemKey {
  const [pk, sk = ''] = namesOf(table).map((name) => {
    const value = item[name];
    if (value === undefined) throw invalid(`One or more parameter values were invalid: Missing the key ${name} in the item`);
    const text = textOf(value);
    if (text === undefined)
      throw invalid(
        `One or more parameter values were invalid: Type mismatch for key ${name} expected: S actual: ${Object.keys(value).join('')}`,
      );
    return keyText(name, text);
  });
  return sized({ pk: pk ?? '', sk });
}

/** The key that a request names: nothing less and nothing more. */
export function readKey(raw: Readonly<Record<string, unknown>>, table: KeyNames): ItemKey {
  const key = readItem(raw);
  const names = namesOf(table);
  const mismatch = (): Error => invalid('The provided key element does not match the schema');
  if (Object.keys(key).length !== names.length) throw mismatch();
  const [pk, sk = ''] = names.map((name) => {
    const text = textOf(key[name]);
    if (text === undefined) throw mismatch();
    return keyText(name, text);
  });
  return sized({ pk: pk ?? '', sk });
}

function keyText(name: string, text: string): string {
  if (text === '') {
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
    );
  }
  return text;
}

function sized(key: ItemKey): ItemKey {
  if (Buffer.byteLength(key.pk) > longestHash)
    throw invalid(`One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of${longestHash} bytes`);
  refuseLongRange(key.sk);
  return key;
}

export function refuseLongRange(...texts: readonly string[]): void {
  if (texts.some((text) => Buffer.byteLength(text) > longestRange))
    throw invalid(
      `One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of ${longestRange} bytes`,
    );
}

/** Where an index lists an item; undefined where the item lacks one of the index's keys. */
export function indexKeyOf(item: Item, index: IndexDefinition): ItemKey | undefined {
  const texts = namesOf(index).map((name) => {
    const value = item[name];
    return value === undefined ? undefined : indexText(value, name, index.name);
  });
  const [pk, sk] = texts;
  if (pk === undefined || (index.range !== undefined && sk === undefined)) return undefined;
  if (Buffer.byteLength(pk) > longestHash || Buffer.byteLength(sk ?? '') > longestRange)
    throw invalid(
      `One or more parameter values were invalid: Size of a key of the index ${index.name} has exceeded ${longestHash} bytes (partition) or ${longestRange} bytes (sort)`,
    );
  return { pk, sk: sk ?? '' };
}

function indexText(value: AttributeValue, name: string, index: string): string {
  const text = textOf(value);
  if (text === undefined)
    throw invalid(
      `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: S Actual: ${Object.keys(value).join('')} IndexName: ${index}`,
    );
  if (text === '')
    throw invalid(
      `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: ${index}, IndexKey: ${name}`,
    );
  return text;
}

/** The attributes of a key as DynamoDB writes them. */
export const keyAttributes = ({ hash, range }: KeyNames, { pk, sk }: ItemKey): Item => ({
  [hash]: { S: pk },
  ...(range === undefined ? {} : { [range]: { S: sk } }),
});
