import type { ItemKey } from '../values/item-key.ts';
import type { StoredItem, TableStore } from './table-store.ts';

/** The items that changed since the indexes began to lag, as they were before; nothing where they do not lag. */
export type IndexLag = {
  /** Remembers an item before its first change. */
  readonly remember: (store: TableStore, key: ItemKey, before: StoredItem | undefined) => void;
  /** By `lagKey`; undefined while indexes are up to date. */
  readonly of: (store: TableStore) => ReadonlyMap<string, StoredItem | undefined> | undefined;
  readonly set: (lags: boolean) => void;
};

export const lagKey = ({ pk, sk }: ItemKey): string => `${Buffer.byteLength(pk)} ${pk}${sk}`;

export function createIndexLag(): IndexLag {
  let changed: Map<string, Map<string, StoredItem | undefined>> | undefined;
  return {
    remember: ({ definition }, key, before) => {
      if (changed === undefined) return;
      const items = changed.get(definition.name) ?? new Map<string, StoredItem | undefined>();
      changed.set(definition.name, items);
      const text = lagKey(key);
      if (!items.has(text)) items.set(text, before);
    },
    of: ({ definition }) => changed?.get(definition.name),
    set: (lags) => {
      if (!lags) changed = undefined;
      else changed ??= new Map();
    },
  };
}
