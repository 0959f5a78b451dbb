import { type Item, parseItem, sizeOfItem } from '../values/attribute-value.ts';
import { conditionFailed, DatabaseError } from '../database-error.ts';
import type { Engine } from '../engine.ts';
import { holds, type ItemCondition } from './expressions.ts';
import { type ItemKey, keyAttributes } from '../values/item-key.ts';
import type { ChangeKind } from '../storage/stream-store.ts';
import type { StoredItem } from '../storage/table-store.ts';
import type { OpenTable } from '../storage/tables.ts';

/** A wish to change one item. */
export type ItemWrite = {
  readonly table: OpenTable;
  readonly key: ItemKey;
  readonly condition?: ItemCondition | undefined;
  /** The item afterwards, nothing where it is removed. @throws where what is there cannot be changed so */
  readonly next: (before: () => Item | undefined) => Item | undefined;
};

/** A change that is allowed and not made yet; `after` is nothing where the item is removed. */
export type Planned = {
  readonly write: Pick<ItemWrite, 'table' | 'key'>;
  readonly before: StoredItem | undefined;
  readonly after: { readonly item: Item; readonly body: string; readonly size: number } | undefined;
  readonly isExpiry?: boolean;
};

/** Checks whether the condition holds, and computes the new item. @throws ConditionalCheckFailedException */
export function plan({ table, key, condition, next }: ItemWrite): Planned {
  const before = table.store.find(key);
  const parsed = (): Item | undefined => (before === undefined ? undefined : parseItem(before.body));
  if (condition !== undefined && !holds(condition, 'absent' in condition && before !== undefined ? {} : parsed()))
    throw new DatabaseError('ConditionalCheckFailedException', conditionFailed);
  const item = next(parsed);
  const after = item === undefined ? undefined : { item, body: JSON.stringify(item), size: sizeOfItem(item) };
  return { write: { table, key }, before, after };
}

/** Writes changes together, and their stream records. */
export function apply({ sqlite, now, lag, onRecords }: Engine, planned: readonly Planned[]): void {
  const changes = planned.filter(({ before, after }) => before?.body !== after?.body);
  if (changes.length === 0) return;
  const at = now();
  sqlite.transaction(() => {
    for (const change of changes) {
      const { store } = change.write.table;
      lag.remember(store, change.write.key, change.before);
      if (change.after === undefined) store.remove(change.write.key);
      else store.put(change.write.key, change.after.item, change.after);
      record(change, at);
    }
  });
  const streamed = changes.filter(({ write }) => write.table.stream !== undefined);
  for (const name of new Set(streamed.map(({ write }) => write.table.store.definition.name))) onRecords(name);
}

function record({ write: { table, key }, before, after, isExpiry = false }: Planned, at: number): void {
  const { streamView, ...definition } = table.store.definition;
  if (table.stream === undefined || streamView === undefined) return;
  const kind: ChangeKind = before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY';
  const [showsNew, showsOld] = [streamView.startsWith('NEW'), streamView.endsWith('OLD_IMAGE') || streamView.endsWith('OLD_IMAGES')];
  const keys = keyAttributes(definition, key);
  const size = sizeOfItem(keys) + (showsNew ? (after?.size ?? 0) : 0) + (showsOld ? (before?.size ?? 0) : 0);
  const newImage = showsNew ? after?.body : undefined;
  const oldImage = showsOld ? before?.body : undefined;
  table.stream.append({ kind, keys: JSON.stringify(keys), newImage, oldImage, size, isExpiry }, at);
}
