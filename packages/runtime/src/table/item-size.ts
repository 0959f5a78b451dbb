import type { Item } from './table.ts';

const utf8 = (text: string): number => Buffer.byteLength(text);

/** One byte for every two significant digits and one more; a sign is another. */
const numberSize = (value: number): number => {
  const digits = Math.abs(value).toExponential().split('e')[0]?.replace('.', '').replace(/0+$/, '').length ?? 1;
  return Math.ceil(Math.max(digits, 1) / 2) + 1 + (value < 0 ? 1 : 0);
};

const valueSize = (value: unknown): number => {
  if (typeof value === 'string') return utf8(value);
  if (typeof value === 'number') return numberSize(value);
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + 1 + valueSize(one), 3);
  if (typeof value === 'object' && value !== null) return 3 + Object.entries(value).reduce((sum, one) => sum + 1 + attributeSize(one), 0);
  return 1;
};

const attributeSize = ([name, value]: readonly [string, unknown]): number => (value === undefined ? 0 : utf8(name) + valueSize(value));

/** Bytes of an item as DynamoDB counts them: names and values; a list or map costs 3 and each element 1 more. */
export const itemSize = (item: Item): number => Object.entries(item).reduce((sum, one) => sum + attributeSize(one), 0);

/** Write units of an item of so many bytes: one for each begun kilobyte. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));

/** Read units of a consistent read: one for each begun four kilobytes. */
export const readUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 4096));
