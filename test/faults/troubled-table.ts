import { keyText, type Item, type Key, type Query, type Table, type Write } from '@meilenstein/runtime';
import type { World } from './seeded-world.ts';

/** How often something goes wrong, as probabilities for each call. */
export type TableTrouble = {
  /** refused before anything was done */
  readonly throttled: number;
  /** another transaction was in the way */
  readonly conflict: number;
  /** done, but the answer never came */
  readonly lostAnswer: number;
  /** of a write with which the indexes begin to lag behind the table, for up to `longestLag` writes */
  readonly lag: number;
};

export const noTableTrouble: TableTrouble = { throttled: 0, conflict: 0, lostAnswer: 0, lag: 0 };

const longestLag = 100;

const named = (name: string): Error => Object.assign(new Error(name), { name });
const keyOf = (write: Write): Key => ('put' in write ? write.put : 'add' in write ? write.add : write.remove);

/** Items that changed since the indexes began to lag, as they were before. */
const indexLag = (table: Table) => {
  let before: Map<string, Item | undefined> | undefined;
  let left = 0;
  return {
    begin: (writes: number): void => {
      before ??= new Map();
      left = writes;
    },
    end: (): void => {
      before = undefined;
    },
    /** remembers what is about to change */
    changing: async (writes: readonly Write[]): Promise<void> => {
      if (before === undefined) return;
      left -= 1;
      if (left < 0) before = undefined;
      for (const key of writes.map(keyOf)) if (before?.has(keyText(key)) === false) before.set(keyText(key), await table.get(key));
    },
    /** an answer of an index without what it does not know yet; like DynamoDB's, a page may have fewer items than were asked for */
    asKnown: (items: readonly Item[], { index }: Query): readonly Item[] =>
      items.flatMap((item) => {
        if (before === undefined || !before.has(keyText(item))) return [item];
        const old = before.get(keyText(item));
        return old !== undefined && old[`${index}pk`] === item[`${index}pk`] ? [old] : [];
      }),
  };
};

/** A table that answers late, in any order, not at all, from an old index, or with a refusal; what it does, it does whole. */
export const troubledTable = (table: Table, world: World, trouble: () => TableTrouble): Table => {
  const indexes = indexLag(table);
  const read = async <Out>(work: () => Promise<Out>): Promise<Out> => {
    await world.turn();
    if (world.happens(trouble().throttled)) throw named('ProvisionedThroughputExceededException');
    return work();
  };
  return {
    get: (key) => read(() => table.get(key)),
    getMany: (keys) => read(() => table.getMany(keys)),
    query: (query) =>
      read(async () => {
        const page = await table.query(query);
        return query.index === undefined ? page : { ...page, items: indexes.asKnown(page.items, query) };
      }),
    scan: (after) => read(() => table.scan(after)),
    transact: async (writes) => {
      await world.turn();
      const { throttled, conflict, lostAnswer, lag } = trouble();
      // In DynamoDB both are refusals of the write, and `dynamoTable` answers them alike.
      if (world.happens(throttled) || world.happens(conflict)) return { done: false, failed: [] };
      if (lag === 0) indexes.end();
      else if (world.happens(lag)) indexes.begin(Math.floor(world.random() * longestLag));
      await indexes.changing(writes);
      const outcome = await table.transact(writes);
      // Here the write stands and nobody knows it yet: whoever is killed at this turn leaves it behind.
      await world.turn();
      if (world.happens(lostAnswer)) throw named('TimeoutError');
      return outcome;
    },
  };
};
