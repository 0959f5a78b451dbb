import type { Table } from '@meilenstein/runtime';

type Before = (requests: number, isWrite: boolean) => Promise<void>;

/** A table with a hook before each call. `requests`: the number that DynamoDB would get, which reads at most 100 keys at once. */
const withBefore = (table: Table, before: Before): Table => ({
  get: async (key) => before(1, false).then(() => table.get(key)),
  getMany: async (keys) => before(Math.ceil(keys.length / 100), false).then(() => table.getMany(keys)),
  query: async (query) => before(1, false).then(() => table.query(query)),
  scan: async (after) => before(1, false).then(() => table.scan(after)),
  transact: async (writes) => before(1, true).then(() => table.transact(writes)),
});

/** Counts requests and rounds. Requests that are open at the same time are answered together and make one round. */
export const countedTable = () => {
  const counted = { requests: 0, rounds: 0 };
  let waiting: (() => void)[] = [];
  const answerAll = (): void => {
    counted.rounds += 1;
    const all = waiting;
    waiting = [];
    for (const answer of all) answer();
  };
  return {
    through: (table: Table): Table =>
      withBefore(table, (requests) => {
        counted.requests += requests;
        if (waiting.length === 0) setImmediate(answerAll);
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.push(resolve);
        return promise;
      }),
    /** the counts since the last call; resets them */
    takeCounts: (): { readonly requests: number; readonly rounds: number } => {
      const counts = { ...counted };
      Object.assign(counted, { requests: 0, rounds: 0 });
      return counts;
    },
  };
};

/** A table that fails every call after a number of transactions, until it is allowed more. */
export const dyingTable = () => {
  let left = Number.POSITIVE_INFINITY;
  return {
    through: (table: Table): Table =>
      withBefore(table, async (_, isWrite) => {
        if (isWrite) left -= 1;
        if (left < 0) throw new Error('the function was killed');
      }),
    dieAfter: (transactions: number): void => void (left = transactions),
  };
};

/** A table whose calls wait for their turn. */
export const scheduledTable =
  (turn: () => Promise<unknown>) =>
  (table: Table): Table =>
    withBefore(table, async () => void (await turn()));
