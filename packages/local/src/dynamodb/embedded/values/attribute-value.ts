import { invalid } from '../database-error.ts';
import { normalNumber, sizeOfNumber } from './decimal.ts';

/** A value in DynamoDB's JSON: one member that names its type. */
export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;

/** Lists and maps within each other: with the item itself 32 levels. */
const deepest = 31;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads an item and brings it into the one form in which equal items have equal JSON: names and sets in order, numbers normalised.
 * @throws ValidationException as DynamoDB would
 */
export const readItem = (raw: Readonly<Record<string, unknown>>): Item => readMap(raw, 0);

export const readValue = (raw: unknown): AttributeValue => readNested(raw, 0);

function readMap(raw: Readonly<Record<string, unknown>>, depth: number): Item {
  const names = Object.keys(raw).toSorted();
  return Object.fromEntries(names.map((name) => [name, readNested(raw[name], depth)]));
}

function readNested(raw: unknown, depth: number): AttributeValue {
  if (!isRecord(raw)) throw invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  const [first, second] = Object.keys(raw);
  if (first === undefined) throw invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  if (second !== undefined)
    throw invalid('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes');
  const value = raw[first];
  switch (first) {
    case 'S':
      return { S: readText(value, first) };
    case 'N':
      return { N: normalNumber(readText(value, first)) };
    case 'B':
      return { B: readBytes(value) };
    case 'BOOL':
      if (typeof value !== 'boolean') throw malformed(first);
      return { BOOL: value };
    case 'NULL':
      if (value !== true)
        throw invalid('One or more parameter values were invalid: Null attribute value types must have the value of true');
      return { NULL: true };
    case 'L':
      if (!Array.isArray(value)) throw malformed(first);
      refuseDeep(depth);
      return { L: value.map((one: unknown) => readNested(one, depth + 1)) };
    case 'M':
      if (!isRecord(value)) throw malformed(first);
      refuseDeep(depth);
      return { M: readMap(value, depth + 1) };
    case 'SS':
      return { SS: readSet(value, 'string', (one) => readText(one, first)) };
    case 'NS':
      return { NS: readSet(value, 'number', (one) => normalNumber(readText(one, first))) };
    case 'BS':
      return { BS: readSet(value, 'binary', readBytes) };
    default:
      throw invalid(`Supplied AttributeValue is empty, must contain exactly one of the supported datatypes; ${first} is none of them`);
  }
}

function refuseDeep(depth: number): void {
  if (depth < deepest) return;
  throw invalid('Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit');
}

const malformed = (type: string) => invalid(`The attribute value is not a valid value of type ${type}`);

function readText(value: unknown, type: string): string {
  if (typeof value !== 'string') throw malformed(type);
  return value;
}

function readBytes(value: unknown): string {
  if (typeof value !== 'string' || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) throw malformed('B');
  return value;
}

function readSet(value: unknown, kind: string, read: (one: unknown) => string): readonly string[] {
  if (!Array.isArray(value)) throw malformed(`${kind} set`);
  if (value.length === 0) throw invalid(`One or more parameter values were invalid: An ${kind} set  may not be empty`);
  const members = value.map(read);
  if (new Set(members).size < members.length)
    throw invalid(`One or more parameter values were invalid: Input collection [${members.join(', ')}] contains duplicates.`);
  return members.toSorted();
}

/** Bytes of an item by AWS's formula: names and values in UTF-8, three for a list or map and one for each of its elements. */
export function sizeOfItem(item: Item): number {
  let size = 0;
  for (const name of Object.keys(item)) size += Buffer.byteLength(name) + sizeOfValue(item[name]);
  return size;
}

function sizeOfValue(value: unknown): number {
  if (!isRecord(value)) return 0;
  const [type = ''] = Object.keys(value);
  const content = value[type];
  if (typeof content === 'string') return sizeOfScalar(type, content);
  if (Array.isArray(content)) {
    const sizes = content.map((one: unknown) => (typeof one === 'string' ? sizeOfScalar(type.slice(0, 1), one) : sizeOfValue(one) + 1));
    return sizes.reduce((sum, one) => sum + one, type === 'L' ? 3 : 0);
  }
  if (!isRecord(content)) return 1;
  let size = 3;
  for (const name of Object.keys(content)) size += Buffer.byteLength(name) + sizeOfValue(content[name]) + 1;
  return size;
}

function sizeOfScalar(type: string, text: string): number {
  if (type === 'N') return sizeOfNumber(text);
  if (type === 'B') return (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  return Buffer.byteLength(text);
}

/** The text of a string attribute; undefined where it is absent or of another type. */
export const textOf = (value: AttributeValue | undefined): string | undefined =>
  typeof value?.['S'] === 'string' ? value['S'] : undefined;

/** The number of a number attribute as text; undefined where it is absent or of another type. */
export const numberOf = (value: AttributeValue | undefined): string | undefined =>
  typeof value?.['N'] === 'string' ? value['N'] : undefined;

/** Parses an item that was stored by this database. */
export function parseItem(body: string): Item {
  const parsed: unknown = JSON.parse(body);
  if (!isItem(parsed)) throw new Error(`a stored item is not an object: ${body.slice(0, 100)}`);
  return parsed;
}

const isItem = (value: unknown): value is Item => isRecord(value);
