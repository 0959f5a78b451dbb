import { deserialize, serialize } from 'node:v8';
import type { Clock } from '@meilenstein/kernel';
import { epochMillis } from '@meilenstein/kernel';
import { fromCursor, toCursor } from '../table/cursor.ts';
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
} from '../table/table.ts';

export type MemoryTable = Table & {
  /** items inserted by sort key `COMMIT#…`, in order: what the stream of the real table would deliver; from a position on */
  readonly commits: (from?: number) => readonly Item[];
  readonly dump: () => readonly Item[];
  readonly size: () => number;
  /** one after the other, where all of them at once would be too much */
  readonly items: () => Iterable<Item>;
};

const indexes = ['gsi1', 'gsi2'] as const;

const keyOf = (write: Write): Key => ('put' in write ? write.put : 'add' in write ? write.add : write.remove);

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** An item as bytes, which lie outside the heap, with what conditions and expiry ask for. */
type Entry = {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly version: number | undefined;
  readonly expiresAt: number | undefined;
};
const itemOf = ({ bytes }: Entry): Item => deserialize(bytes);
const entryOf = (item: Item): Entry => ({
  key: keyText(item),
  bytes: serialize(item),
  version: number(item['version']),
  expiresAt: number(item['expiresAt']),
});

/** Where an entry stands in a partition: by its sort key, then by its own key. */
type Place = { readonly order: string; readonly entry: Entry };
const sortOf = ({ order, entry }: Place): string => order.slice(0, -entry.key.length - 1);

/** The position of the first place that is not before `order`. */
const positionOf = (places: readonly Place[], order: string): number => {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle]?.order ?? '') < order) low = middle + 1;
    else high = middle;
  }
  return low;
};

type Partitions = Map<string, Place[]>;

const placesOf = (item: Item): readonly (readonly [where: 'base' | IndexName, partition: string, order: string])[] => [
  ['base', item.pk, `${item.sk}\n${keyText(item)}`],
  ...indexes.flatMap((index) => {
    const [partition, sort] = [text(item[`${index}pk`]), text(item[`${index}sk`])];
    return partition === undefined || sort === undefined ? [] : [[index, partition, `${sort}\n${keyText(item)}`] as const];
  }),
];

/** The places that a query may mean, in order: a part of the partition that holds all of them and perhaps some more. */
const near = (places: readonly Place[], { prefix, between }: Query): readonly Place[] => {
  const [from, until] = prefix === undefined ? (between ?? []) : [prefix, prefix];
  return places.slice(
    from === undefined ? 0 : positionOf(places, from),
    until === undefined ? places.length : positionOf(places, `${until}\uffff`),
  );
};

/** A table in memory with the semantics of DynamoDB that we rely on: conditions, atomic transactions, ordered queries, expiry. */
export const memoryTable = (clock: Clock): MemoryTable => {
  const entries = new Map<string, Entry>();
  const partitions: Readonly<Record<'base' | IndexName, Partitions>> = { base: new Map(), gsi1: new Map(), gsi2: new Map() };
  const inserted: Entry[] = [];

  const isAlive = ({ expiresAt }: Entry): boolean => expiresAt === undefined || expiresAt * 1000 > epochMillis(clock.now());

  const found = (key: Key): Item | undefined => {
    const entry = entries.get(keyText(key));
    return entry === undefined || !isAlive(entry) ? undefined : itemOf(entry);
  };

  const holds = (key: Key, condition: Condition | undefined): boolean => {
    if (condition === undefined) return true;
    const entry = entries.get(keyText(key));
    return condition === 'absent' ? entry === undefined : entry?.version === condition.versionIs;
  };

  const forget = (key: Key): void => {
    const entry = entries.get(keyText(key));
    if (entry === undefined) return;
    entries.delete(entry.key);
    for (const [where, partition, order] of placesOf(itemOf(entry))) {
      const places = partitions[where].get(partition) ?? [];
      places.splice(positionOf(places, order), 1);
      if (places.length === 0) partitions[where].delete(partition);
    }
  };

  const store = (item: Item): Entry => {
    forget(item);
    const entry = entryOf(item);
    entries.set(entry.key, entry);
    for (const [where, partition, order] of placesOf(item)) {
      const places = partitions[where].get(partition);
      if (places === undefined) partitions[where].set(partition, [{ order, entry }]);
      else places.splice(positionOf(places, order), 0, { order, entry });
    }
    return entry;
  };

  const apply = (write: Write): void => {
    if ('put' in write) {
      const isNew = !entries.has(keyText(write.put));
      const entry = store(write.put);
      if (isNew && write.put.sk.startsWith('COMMIT#')) inserted.push(entry);
      return;
    }
    if ('remove' in write) {
      forget(write.remove);
      return;
    }
    const entry = entries.get(keyText(write.add));
    const before = entry === undefined ? undefined : itemOf(entry);
    const sums = Object.entries(write.by).map(([name, by]) => [name, (number(before?.[name]) ?? 0) + by] as const);
    store({ ...before, ...write.add, ...Object.fromEntries(sums) });
  };

  return {
    commits: (from = 0) => inserted.slice(from).map(itemOf),
    dump: () => [...entries.values()].map(itemOf),
    size: () => entries.size,
    items: function* () {
      for (const entry of entries.values()) yield itemOf(entry);
    },
    get: async (key) => found(key),
    getMany: async (keys) => keys.map(found),
    query: async (query) => {
      const { prefix, between, limit = 1000, after, descending = false } = query;
      const start = after === undefined ? undefined : fromCursor(after, ['order']).order;
      const places = near(partitions[query.index ?? 'base'].get(query.partition) ?? [], query);
      const page: Place[] = [];
      for (const place of descending ? places.toReversed() : places) {
        if (start !== undefined && (descending ? place.order >= start : place.order <= start)) continue;
        const sort = sortOf(place);
        if (prefix !== undefined ? !sort.startsWith(prefix) : between !== undefined && (sort < between[0] || sort > between[1])) continue;
        if (isAlive(place.entry)) page.push(place);
        if (page.length > limit) break;
      }
      const last = page[limit - 1];
      const isMore = page.length > limit && last !== undefined;
      return { items: page.slice(0, limit).map(({ entry }) => itemOf(entry)), next: isMore ? toCursor({ order: last.order }) : null };
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
    scan: async () => ({ items: [...entries.values()].filter(isAlive).map(itemOf), next: null }),
  };
};
