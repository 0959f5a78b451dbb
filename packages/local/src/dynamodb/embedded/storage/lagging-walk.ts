import { parseItem } from '../values/attribute-value.ts';
import { lagKey } from './index-lag.ts';
import { indexKeyOf } from '../values/item-key.ts';
import type { IndexDefinition } from '../values/table-definition.ts';
import type { StoredItem, TableStore, Walk } from './table-store.ts';
import { compareTexts } from '../values/text-order.ts';

type Row = StoredItem & { readonly indexSk: string };
type IndexWalk = Walk & { readonly index: IndexDefinition };

/** Rows of an index as they were before some items changed. @param before those items as they were; all is up to date without them */
export function lagging(
  store: TableStore,
  walk: IndexWalk,
  before: ReadonlyMap<string, StoredItem | undefined> | undefined,
): Iterable<Row> {
  if (before === undefined) return store.walk(walk);
  const { behind, backwards = false, ...whole } = walk;
  const unchanged = [...store.walk(whole)].filter((row) => !before.has(lagKey(row)));
  const old = [...before.values()].flatMap((item) => {
    const key = item === undefined ? undefined : indexKeyOf(parseItem(item.body), walk.index);
    return item === undefined || key === undefined || key.pk !== walk.partition || !isWithin(key.sk, walk)
      ? []
      : [{ ...item, indexSk: key.sk }];
  });
  const order = (one: readonly string[], other: readonly string[]): number =>
    one.map((text, position) => compareTexts(text, other[position] ?? '')).find((result) => result !== 0) ?? 0;
  const position = (row: Row): readonly string[] => [row.indexSk, row.pk, row.sk];
  const rows = [...unchanged, ...old].toSorted((one, other) => order(position(one), position(other)) * (backwards ? -1 : 1));
  return behind === undefined ? rows : rows.filter((row) => order(position(row), behind) * (backwards ? -1 : 1) > 0);
}

const isWithin = (sort: string, { from, until, before }: Walk): boolean =>
  (from === undefined || compareTexts(sort, from) >= 0) &&
  (until === undefined || compareTexts(sort, until) <= 0) &&
  (before === undefined || compareTexts(sort, before) < 0);
