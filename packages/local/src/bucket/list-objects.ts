import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';

export type ListRequest = {
  readonly prefix: string;
  readonly delimiter: string;
  /** The last key or common prefix that was given already. */
  readonly after: string;
  readonly maxKeys: number;
};

export type ListPage = { readonly keys: readonly string[]; readonly commonPrefixes: readonly string[]; readonly next: string | undefined };

/** One page of a bucket's keys in the order of their bytes; keys that share what comes before the delimiter are one common prefix. */
export function listObjects(folder: string, { prefix, delimiter, after, maxKeys }: ListRequest): ListPage {
  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  let last = after;
  for (const key of allKeys(folder, '')
    .filter((key) => key.startsWith(prefix))
    .toSorted(byBytes)) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const entry = end === -1 ? key : key.slice(0, end + delimiter.length);
    if (byBytes(entry, last) <= 0) continue;
    if (keys.length + commonPrefixes.length === maxKeys) return { keys, commonPrefixes, next: last };
    (end === -1 ? keys : commonPrefixes).push(entry);
    last = entry;
  }
  return { keys, commonPrefixes, next: undefined };
}

const byBytes = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right));

function allKeys(folder: string, path: string): readonly string[] {
  const entries: readonly Dirent[] = readdirSync(join(folder, path), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const key = path === '' ? entry.name : `${path}/${entry.name}`;
    return entry.isDirectory() ? allKeys(folder, key) : [key];
  });
}
