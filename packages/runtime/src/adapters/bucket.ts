import type { Instant } from '@meilenstein/kernel';
import type { TextLine } from '../imports/text-lines.ts';

type Stored = { readonly bytes: Uint8Array; readonly etag: string };

/** A bucket: objects are written once, pointers are moved with the ETag that was read. */
export type Bucket = {
  /** false where the key exists already; nothing is overwritten */
  readonly putNew: (key: string, bytes: Uint8Array, contentType: string) => Promise<boolean>;
  /** moves a pointer: true where the object still had the ETag (null: still was absent) */
  readonly swap: (key: string, bytes: Uint8Array, contentType: string, etag: string | null) => Promise<boolean>;
  readonly get: (key: string) => Promise<Stored | undefined>;
  /** deletes an object, if it exists */
  readonly remove: (key: string) => Promise<void>;
  /** the object line by line, from a line number on (0 = first), without holding it in memory; nothing if there is none. `charset`: of an object without a byte-order mark; by default UTF-8 */
  readonly lines: (key: string, from: number, charset?: string) => AsyncIterable<TextLine>;
  readonly presignedGet: (key: string, validMillis: number) => Promise<{ readonly url: string; readonly expiresAt: Instant }>;
  readonly presignedPut: (
    key: string,
    contentType: string,
    validMillis: number,
  ) => Promise<{ readonly url: string; readonly expiresAt: Instant }>;
};
