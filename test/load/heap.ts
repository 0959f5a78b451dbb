import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { toInstant } from '@meilenstein/kernel';
import { memoryTable, type MemoryTable } from '@meilenstein/runtime/testing/memory-table';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Bytes of the heap that are in use, after a collection. */
export const heapInUse = (): number => {
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
};

/** What such a table has in the heap, measured on a copy: keys and their order lie there, contents do not. */
export const heapOf = (table: MemoryTable): number => {
  const before = heapInUse();
  const copy = memoryTable({ now: () => toInstant('2026-01-01T00:00:00Z') });
  // Each of these is done when the call returns.
  for (const put of table.items()) void copy.transact([{ put }]);
  const after = heapInUse();
  return copy.size() === table.size() ? after - before : Number.NaN;
};
