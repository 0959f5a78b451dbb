import type { Table } from '@meilenstein/runtime';
import type { World } from './seeded-world.ts';

/** How often something goes wrong, as probabilities for each call. */
export type TableTrouble = {
  /** refused before anything was done */
  readonly throttled: number;
  /** another transaction was in the way */
  readonly conflict: number;
  /** done, but the answer never came */
  readonly lostAnswer: number;
};

export const noTableTrouble: TableTrouble = { throttled: 0, conflict: 0, lostAnswer: 0 };

const named = (name: string): Error => Object.assign(new Error(name), { name });

/** A table that answers late, in any order, not at all, or with a refusal; what it does, it does whole. */
export const troubledTable = (table: Table, world: World, trouble: () => TableTrouble): Table => {
  const read = async <Out>(work: () => Promise<Out>): Promise<Out> => {
    await world.turn();
    if (world.happens(trouble().throttled)) throw named('ProvisionedThroughputExceededException');
    return work();
  };
  return {
    get: (key) => read(() => table.get(key)),
    getMany: (keys) => read(() => table.getMany(keys)),
    query: (query) => read(() => table.query(query)),
    scan: (after) => read(() => table.scan(after)),
    transact: async (writes) => {
      await world.turn();
      if (world.happens(trouble().throttled)) throw named('ProvisionedThroughputExceededException');
      if (writes.length > 1 && world.happens(trouble().conflict)) return { done: false, failed: [] };
      const outcome = await table.transact(writes);
      // Here the write stands and nobody knows it yet: whoever is killed at this turn leaves it behind.
      await world.turn();
      if (world.happens(trouble().lostAnswer)) throw named('TimeoutError');
      return outcome;
    },
  };
};
