import { keyText, type Item, type Key, type Table, type Write } from '@meilenstein/runtime';
import { packed } from '@meilenstein/runtime/table/packed-item';
import type { MemoryTable } from '@meilenstein/runtime/testing/memory-table';
import { itemSize, readUnits, writeUnits } from '@meilenstein/runtime/table/item-size';
import type { Index } from './templates.ts';

/** One thing that was paid for. */
export type Charge = {
  readonly kind: 'write' | 'index' | 'read';
  readonly units: number;
  readonly item: string;
  readonly partition: string;
};

export type Meter = { readonly table: Table; readonly charges: () => readonly Charge[]; readonly reset: () => void };

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What an item weighs where DynamoDB keeps it. */
const weightOf = (item: Item): number => itemSize(packed(item));

const entryOf = (item: Item | undefined, { partition, sort, attributes }: Index): Item | undefined => {
  if (item === undefined || text(item[partition]) === undefined || text(item[sort]) === undefined) return undefined;
  if (attributes === 'all') return item;
  const names = new Set(['pk', 'sk', partition, sort, ...attributes]);
  return { pk: item.pk, sk: item.sk, ...Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name))) };
};

/** What a change of an item costs in an index: one write for a new, changed or removed entry, two where it moves. */
const indexCharges = (index: Index, before: Item | undefined, after: Item | undefined): readonly Charge[] => {
  const [old, young] = [entryOf(before, index), entryOf(after, index)];
  const charge = (entry: Item): Charge => ({
    kind: 'index',
    units: writeUnits(weightOf(entry)),
    item: keyText(entry),
    partition: `${index.partition.replace('pk', '')} ${String(entry[index.partition])}`,
  });
  if (old === undefined) return young === undefined ? [] : [charge(young)];
  if (young === undefined) return [charge(old)];
  const stays = old[index.partition] === young[index.partition] && old[index.sort] === young[index.sort];
  if (!stays) return [charge(old), charge(young)];
  return JSON.stringify(old) === JSON.stringify(young) ? [] : [weightOf(old) > weightOf(young) ? charge(old) : charge(young)];
};

const keyOf = (write: Write): Key => ('put' in write ? write.put : 'add' in write ? write.add : write.remove);

/** Counts what DynamoDB charges for the calls that a table really gets. In a transaction every item costs twice; an index never does. */
export const meteredTable = (table: MemoryTable, indexes: readonly Index[]): Meter => {
  const charges: Charge[] = [];
  const read = (items: readonly (Item | undefined)[], share: number, partition: string): void => {
    const bytes = items.reduce((sum, item) => sum + (item === undefined ? 0 : weightOf(item)), 0);
    charges.push({ kind: 'read', units: share * readUnits(bytes), item: '', partition });
  };
  return {
    charges: () => charges,
    reset: () => void charges.splice(0),
    table: {
      get: async (key) => {
        const item = await table.get(key);
        read([item], 1, key.pk);
        return item;
      },
      getMany: async (keys) => {
        const items = await table.getMany(keys);
        for (const [index, item] of items.entries()) read([item], 1, keys[index]?.pk ?? '');
        return items;
      },
      query: async (query) => {
        const page = await table.query(query);
        read(page.items, query.index === undefined ? 1 : 0.5, query.partition);
        return page;
      },
      scan: (after) => table.scan(after),
      transact: async (writes) => {
        const befores = await table.getMany(writes.map(keyOf));
        const outcome = await table.transact(writes);
        const afters = outcome.done ? await table.getMany(writes.map(keyOf)) : befores;
        const times = writes.length > 1 ? 2 : 1;
        for (const [position, write] of writes.entries()) {
          const [before, after] = [befores[position], afters[position]];
          const key = keyOf(write);
          const units =
            times * writeUnits(Math.max(before === undefined ? 0 : weightOf(before), after === undefined ? 0 : weightOf(after)));
          charges.push({ kind: 'write', units, item: keyText(key), partition: key.pk });
          if (outcome.done) charges.push(...indexes.flatMap((index) => indexCharges(index, before, after)));
        }
        return outcome;
      },
    },
  };
};
