import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import type { Item } from './table.ts';

/** Below this many characters a document stays readable: packing would save no write unit. */
const fewest = 512;

/**
 * Documents of an item that only our own code reads: a state, confidential parts, the events that a row of a view has heard. What
 * conditions, indexes, streams and expiry look at is never packed, and neither is what a commit publishes.
 */
const documentsOf = ({ sk }: Item): readonly string[] => (sk.startsWith('COMMIT#') ? ['state'] : ['state', 'parts', 'events']);

/** The item as DynamoDB keeps it: writes are billed by the kilobyte, and a document of JSON packs to half or less. */
export const packed = (item: Item): Item => {
  const found = documentsOf(item).flatMap((name) => {
    const value = item[name];
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
    const text = JSON.stringify(value);
    return text.length < fewest ? [] : [[name, deflateRawSync(text)] as const];
  });
  return found.length === 0 ? item : { ...item, ...Object.fromEntries(found), packed: found.map(([name]) => name) };
};

const isPacked = z.looseObject({ pk: z.string(), sk: z.string(), packed: z.array(z.string()) });

/** The item as it was put; one that was never packed is given back. */
export const unpacked = (item: Item): Item => {
  const found = isPacked.safeParse(item);
  if (!found.success) return item;
  const { packed: names, ...rest } = found.data;
  const documents = names.map((name): readonly [string, unknown] => {
    const bytes = item[name];
    return [name, bytes instanceof Uint8Array ? JSON.parse(inflateRawSync(bytes).toString('utf8')) : bytes];
  });
  return { ...rest, ...Object.fromEntries(documents) };
};
