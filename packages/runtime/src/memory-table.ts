import type { Clock } from '@meilenstein/kernel';
import { epochMillis } from '@meilenstein/kernel';
import { cursorAdvice, CursorIsInvalid, fromCursor, toCursor } from './cursor.ts';
import { keyText, largestTransaction, type Condition, type Item, type Key, type Query, type Table, type Write } from './table.ts';

export type MemoryTable = Table & {
  /** items inserted by sort key `COMMIT#…`, in order: what the stream of the real table would deliver */
  readonly commits: () => readonly Item[];
  readonly dump: () => readonly Item[];
};

const keyOf = (write: Write): Key => ('put' in write ? write.put : 'add' in write ? write.add : write.remove);

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A table in memory with the semantics of DynamoDB that we rely on: conditions, atomic transactions, ordered queries, expiry. */
export const memoryTable = (clock: Clock): MemoryTable => {
  const items = new Map<string, Item>();
  const partitions = new Map<string, Map<string, Item>>();
  const inserted: Item[] = [];

  const alive = (item: Item | undefined): Item | undefined =>
    item !== undefined && typeof item['expiresAt'] === 'number' && item['expiresAt'] * 1000 <= epochMillis(clock.now()) ? undefined : item;

  const holds = (key: Key, condition: Condition | undefined): boolean => {
    if (condition === undefined) return true;
    const item = items.get(keyText(key));
    return condition === 'absent' ? item === undefined : item?.['version'] === condition.versionIs;
  };

  const store = (item: Item): void => {
    items.set(keyText(item), item);
    const partition = partitions.get(item.pk) ?? new Map<string, Item>();
    partitions.set(item.pk, partition.set(item.sk, item));
  };

  const apply = (write: Write): void => {
    if ('put' in write) {
      if (!items.has(keyText(write.put)) && write.put.sk.startsWith('COMMIT#')) inserted.push(write.put);
      store(structuredClone(write.put));
      return;
    }
    if ('remove' in write) {
      items.delete(keyText(write.remove));
      partitions.get(write.remove.pk)?.delete(write.remove.sk);
      return;
    }
    const before = items.get(keyText(write.add));
    const sums = Object.entries(write.by).map(([name, by]) => {
      const old = before?.[name];
      return [name, (typeof old === 'number' ? old : 0) + by] as const;
    });
    store({ ...before, ...write.add, ...Object.fromEntries(sums) });
  };

  const partitionOf = (query: Query): { item: Item; sort: string }[] => {
    if (query.index === undefined) return [...(partitions.get(query.partition)?.values() ?? [])].map((item) => ({ item, sort: item.sk }));
    const [partition, sort] = [`${query.index}pk`, `${query.index}sk`];
    return [...items.values()].flatMap((item) => {
      const value = text(item[sort]);
      return item[partition] === query.partition && value !== undefined ? [{ item, sort: value }] : [];
    });
  };

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
