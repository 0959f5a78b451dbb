import { cursorAdvice, InvalidCursor, fromCursor, toCursor } from './cursor.ts';
import type { Item, Table } from './table.ts';

export type PageRequest = {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** sort keys from this one on; absent: all */
  readonly from?: string;
  /** the other way round: within a partition the least sort key first */
  readonly ascending?: true;
};

/** Greater than every sort key of ours. */
const lastKey = '~';

/**
 * A list that goes partition by partition of an index, the newest of each first: so a list is authorised by which partitions are
 * asked for, never by filtering. The cursor holds the partition and the place in it. Throws InvalidCursor where its partition is none
 * of those that are asked for.
 */
export const partitionPages =
  (table: Table, index: 'gsi1' | 'gsi2') =>
  async (
    partitions: readonly string[],
    { limit, cursor, from: since, ascending }: PageRequest,
  ): Promise<{ readonly items: readonly Item[]; readonly next: string | null }> => {
    const from = cursor === undefined ? undefined : fromCursor(cursor, ['partition']);
    if (from !== undefined && !partitions.includes(from.partition)) throw new InvalidCursor(cursorAdvice);
    const begin = from?.partition ?? '';
    const items: Item[] = [];
    for (const partition of [...new Set(partitions)].toSorted().filter((one) => one >= begin)) {
      if (items.length === limit) return { items, next: toCursor({ partition }) };
      const inner = partition === begin ? from?.['inner'] : undefined;
      const page = await table.query({
        index,
        partition,
        limit: limit - items.length,
        descending: ascending !== true,
        ...(since === undefined ? {} : { between: [since, lastKey] as const }),
        ...(inner === undefined ? {} : { after: inner }),
      });
      items.push(...page.items);
      if (page.next !== null) return { items, next: toCursor({ partition, inner: page.next }) };
    }
    return { items, next: null };
  };
