import type { Clock } from '@meilenstein/kernel';
import { epochMillis } from '@meilenstein/kernel';
import { cursorAdvice, CursorIsInvalid, fromCursor, toCursor } from './cursor.ts';
import {
  keyText,
  largestTransaction,
  type Condition,
  type IndexName,
  type Item,
  type Key,
  type Query,
  type Table,
  type Write,
} from './table.ts';

export type MemoryTable = Table & {
  /** items inserted by sort key `COMMIT#…`, in order: what the stream of the real table would deliver */
  readonly commits: () => readonly Item[];
  readonly dump: () => readonly Item[];
};

const indexes = ['gsi1', 'gsi2'] as const;

const keyOf = (write: Write): Key => ('put' in write ? write.put : 'add' in write ? write.add : write.remove);

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A table in memory with the semantics of DynamoDB that we rely on: conditions, atomic transactions, ordered queries, expiry. */
export const memoryTable = (clock: Clock): MemoryTable => {
  const items = new Map<string, Item>();
  // Base table and both indexes: partition key -> key of the item -> item.
  const partitions: Readonly<Record<'base' | IndexName, Map<string, Map<string, Item>>>> = {
    base: new Map(),
    gsi1: new Map(),
    gsi2: new Map(),
  };
  const inserted: Item[] = [];

  const alive = (item: Item | undefined): Item | undefined =>
    item !== undefined && typeof item['expiresAt'] === 'number' && item['expiresAt'] * 1000 <= epochMillis(clock.now()) ? undefined : item;

  const holds = (key: Key, condition: Condition | undefined): boolean => {
    if (condition === undefined) return true;
    const item = items.get(keyText(key));
    return condition === 'absent' ? item === undefined : item?.['version'] === condition.versionIs;
  };

  const placesOf = (item: Item): readonly (readonly ['base' | IndexName, string])[] => [
    ['base', item.pk],
    ...indexes.flatMap((index) => {
      const partition = text(item[`${index}pk`]);
      return partition === undefined || text(item[`${index}sk`]) === undefined ? [] : [[index, partition] as const];
    }),
  ];

  const forget = (key: Key): void => {
    const item = items.get(keyText(key));
    if (item === undefined) return;
    items.delete(keyText(key));
    for (const [place, partition] of placesOf(item)) partitions[place].get(partition)?.delete(keyText(key));
  };

  const store = (item: Item): void => {
    forget(item);
    items.set(keyText(item), item);
    for (const [place, name] of placesOf(item)) {
      const partition = partitions[place].get(name) ?? new Map<string, Item>();
      partitions[place].set(name, partition.set(keyText(item), item));
    }
  };

  const apply = (write: Write): void => {
    if ('put' in write) {
      if (!items.has(keyText(write.put)) && write.put.sk.startsWith('COMMIT#')) inserted.push(write.put);
      store(structuredClone(write.put));
      return;
    }
    if ('remove' in write) {
      forget(write.remove);
      return;
    }
    const before = items.get(keyText(write.add));
    const sums = Object.entries(write.by).map(([name, by]) => {
      const old = before?.[name];
      return [name, (typeof old === 'number' ? old : 0) + by] as const;
    });
    store({ ...before, ...write.add, ...Object.fromEntries(sums) });
  };

  const partitionOf = ({ index, partition }: Query): { item: Item; sort: string }[] =>
    [...(partitions[index ?? 'base'].get(partition)?.values() ?? [])].map((item) => ({
      item,
      sort: index === undefined ? item.sk : (text(item[`${index}sk`]) ?? ''),
    }));

  const order = (entry: { item: Item; sort: string }): string => `${entry.sort}\n${keyText(entry.item)}`;

  return {
    commits: () => inserted,
    dump: () => [...items.values()],
    get: async (key) => structuredClone(alive(items.get(keyText(key)))),
    getMany: async (keys) => keys.map((key) => structuredClone(alive(items.get(keyText(key))))),
    query: async (query) => {
      const limit = query.limit ?? 1000;
      const start = query.after === undefined ? undefined : fromCursor(query.after)['order'];
      if (query.after !== undefined && start === undefined) throw new CursorIsInvalid(cursorAdvice);
      const sign = query.descending === true ? -1 : 1;
      const found = partitionOf(query)
        .filter(({ item, sort }) => {
          if (alive(item) === undefined) return false;
          if (query.prefix !== undefined && !sort.startsWith(query.prefix)) return false;
          return query.between === undefined || (sort >= query.between[0] && sort <= query.between[1]);
        })
        .map((entry) => ({ item: entry.item, order: order(entry) }))
        .filter((entry) => start === undefined || (sign === 1 ? entry.order > start : entry.order < start))
        .toSorted((a, b) => (a.order < b.order ? -sign : sign));
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map((entry) => structuredClone(entry.item)),
        next: found.length > limit && last !== undefined ? toCursor({ order: last.order }) : null,
      };
    },
    transact: async (writes) => {
      if (writes.length > largestTransaction)
        throw new RangeError(`a transaction of ${writes.length} writes: at most ${largestTransaction}`);
      const keys = new Set(writes.map((write) => keyText(keyOf(write))));
      if (keys.size !== writes.length) throw new RangeError('a transaction may touch an item only once');
      const failed = writes.flatMap((write, index) => ('put' in write && !holds(write.put, write.when) ? [index] : []));
      if (failed.length > 0) return { done: false, failed };
      for (const write of writes) apply(write);
      return { done: true };
    },
    scan: async () => ({
      items: [...items.values()].flatMap((item) => (alive(item) === undefined ? [] : [structuredClone(item)])),
      next: null,
    }),
  };
};
