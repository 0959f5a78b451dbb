import type { Item, Table } from './table.ts';

const atOnce = 16;

/**
 * All items of some partitions of an index, many partitions at the same time: for what is filtered, sorted or summed. Reads no further once
 * it has more than `most` items; then `isComplete` is false, and whoever shows a figure has to refuse or say so.
 */
export const wholePartitions =
  (table: Table, index: 'gsi1' | 'gsi2') =>
  async (partitions: readonly string[], most: number): Promise<{ readonly items: readonly Item[]; readonly isComplete: boolean }> => {
    const items: Item[] = [];
    const readOne = async (partition: string): Promise<boolean> => {
      let after: string | null = null;
      do {
        if (items.length > most) return false;
        const page = await table.query({ index, partition, descending: true, ...(after === null ? {} : { after }) });
        items.push(...page.items);
        after = page.next;
      } while (after !== null);
      return true;
    };
    const distinct = [...new Set(partitions)];
    let isComplete = true;
    for (let from = 0; from < distinct.length; from += atOnce)
      for (const done of await Promise.all(distinct.slice(from, from + atOnce).map(readOne))) isComplete &&= done;
    return { items, isComplete: isComplete && items.length <= most };
  };
