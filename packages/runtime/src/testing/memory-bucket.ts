import { createHash } from 'node:crypto';
import { addMillis, type Clock } from '@meilenstein/kernel';
import type { Bucket } from '../adapters/bucket.ts';
import { textLines } from '../imports/text-lines.ts';

export type MemoryBucket = Bucket & {
  readonly objects: ReadonlyMap<string, Uint8Array>;
  readonly put: (key: string, bytes: Uint8Array) => void;
};

const etagOf = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

/** So small that lines and characters are cut, as a network cuts them. */
const chunkBytes = 61;

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += chunkBytes) yield bytes.subarray(from, from + chunkBytes);
}

/** A bucket in memory, for tests. */
export const memoryBucket = (clock: Clock): MemoryBucket => {
  const objects = new Map<string, Uint8Array>();
  const presigned = async (key: string, validMillis: number) => ({
    url: `https://bucket.test/${key}`,
    expiresAt: addMillis(clock.now(), validMillis),
  });
  return {
    objects,
    put: (key, bytes) => void objects.set(key, bytes),
    putNew: async (key, bytes) => {
      if (objects.has(key)) return false;
      objects.set(key, bytes);
      return true;
    },
    swap: async (key, bytes, _contentType, etag) => {
      const current = objects.get(key);
      if ((current === undefined ? null : etagOf(current)) !== etag) return false;
      objects.set(key, bytes);
      return true;
    },
    get: async (key) => {
      const bytes = objects.get(key);
      return bytes === undefined ? undefined : { bytes, etag: etagOf(bytes) };
    },
    remove: async (key) => void objects.delete(key),
    lines: (key, from, charset) => textLines(chunksOf(objects.get(key) ?? new Uint8Array()), from, charset),
    presignedGet: presigned,
    presignedPut: (key, _contentType, validMillis) => presigned(key, validMillis),
  };
};
