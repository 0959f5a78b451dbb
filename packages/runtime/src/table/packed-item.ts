import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import type { Item } from './table.ts';

/** Below this many characters a document stays readable: packing would save no write unit. */
const fewest = 512;

/**
 * Documents of an item that only our own code reads: a state, confidential parts, events, the learned model. What conditions, indexes, filters and expiry
 * look at is never packed.
 */
const documents = ['state', 'parts', 'events', 'learned'] as const;

/** The item as DynamoDB keeps it: writes are billed by the kilobyte, and a document of JSON packs to half or less. */
export const packed = (item: Item): Item => {
  const found = documents.flatMap((name) => {
    const value = item[name];
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
    const text = JSON.stringify(value);
    return text.length < fewest ? [] : [[name, deflateRawSync(text)] as const];
  });
  return found.length === 0 ? item : { ...item, ...Object.fromEntries(found), packed: found.map(([name]) => name) };
};

const isPacked = z.looseObject({ pk: z.string(), sk: z.string(), packed: z.array(z.string()) });

/** The item as it was put; one that was never packed is given back. A stream hands bytes over as text in base64. */
export const unpacked = (item: Item): Item => {
  const found = isPacked.safeParse(item);
  if (!found.success) return item;
  const { packed: names, ...rest } = found.data;
  const whole = names.map((name): readonly [string, unknown] => {
    const bytes = z.union([z.instanceof(Uint8Array), z.base64()]).parse(item[name]);
    return [name, JSON.parse(inflateRawSync(typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : bytes).toString('utf8'))];
  });
  return { ...rest, ...Object.fromEntries(whole) };
};
