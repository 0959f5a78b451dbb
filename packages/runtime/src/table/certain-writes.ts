import { largestTransaction, queryAll, type Item, type Outcome, type Query, type Table, type Write } from './table.ts';

/** A table and what writing with repetition needs: `delay` waits between two tries, `random` is in [0, 1). */
export type WritableTable = {
  readonly table: Table;
  readonly delay: (millis: number) => Promise<void>;
  readonly random: () => number;
};

/** A write that no condition can keep from being done. */
export type UnconditionalWrite = Exclude<Write, { readonly put: Item }> | { readonly put: Item; readonly when?: never };

const maxTries = 8;

/**
 * One transaction, repeated with growing delays while others are in the way: where it is not done, a condition of its own did not hold.
 * Throws after 8 tries, so that a message is received again and a request can be repeated.
 */
export const writeTogether = async ({ table, delay, random }: WritableTable, writes: readonly Write[]): Promise<Outcome> => {
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    if (attempt > 0) await delay(random() * 25 * 2 ** attempt);
    const outcome = await table.transact(writes);
    if (outcome.done || outcome.failed.length > 0) return outcome;
  }
  throw new Error(`a transaction of ${writes.length} writes conflicted with other transactions ${maxTries} times; repeat the request`);
};

/** Writes what must be written, in as many transactions as it takes, in their order. Returns only when all of it is done. */
export const writeAll = async (machinery: WritableTable, writes: readonly UnconditionalWrite[]): Promise<void> => {
  for (let from = 0; from < writes.length; from += largestTransaction) {
    const outcome = await writeTogether(machinery, writes.slice(from, from + largestTransaction));
    if (!outcome.done) throw new Error('a write without a condition was refused');
  }
};

/** Stores an item that nobody stored before; false: there is one already, and it stays as it is. */
export const putIfAbsent = async (machinery: WritableTable, item: Item): Promise<boolean> =>
  (await writeTogether(machinery, [{ put: item, when: 'absent' }])).done;

/**
 * Deletes everything that a query of the base table finds, and looks again. Throws where something is left, so that whoever must delete it
 * tries again. Returns how many items were there.
 */
export const deleteAll = async (machinery: WritableTable, query: Omit<Query, 'after' | 'index'>): Promise<number> => {
  const found = await queryAll(machinery.table, query);
  if (found.length === 0) return 0;
  await writeAll(
    machinery,
    found.map(({ pk, sk }) => ({ remove: { pk, sk } })),
  );
  const left = await queryAll(machinery.table, query);
  if (left.length > 0) throw new Error(`${query.partition}: ${left.length} items are left after their deletion`);
  return found.length;
};
