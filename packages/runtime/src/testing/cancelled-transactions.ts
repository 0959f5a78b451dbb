import type { Outcome, Table, Write } from '../table/table.ts';

/** For tests: from now on transactions of a table are cancelled, as if others were in the way, where `isCancelled` says so. */
export const cancelTransactions = (table: Table, isCancelled: (writes: readonly Write[]) => boolean): void => {
  const { transact } = table;
  const cancelled: Outcome = { done: false, failed: [] };
  Object.assign(table, {
    transact: async (writes: readonly Write[]) => (isCancelled(writes) ? cancelled : transact(writes)),
  });
};

/** For tests: each transaction is cancelled so often before it is done. */
export const cancelFirst = (table: Table, times: number): void => {
  const tries = new Map<string, number>();
  cancelTransactions(table, (writes) => {
    const text = JSON.stringify(writes);
    tries.set(text, (tries.get(text) ?? 0) + 1);
    return (tries.get(text) ?? 0) <= times;
  });
};
