import { writeAll, type WritableTable } from '@meilenstein/runtime';
import * as z from 'zod';
import { dueShards, sweepBookmarkKey } from '../../keys.ts';

const bookmarkItem = z.looseObject({ shards: z.array(z.string().nullable()) });

/** Where the last sweep stopped in each shard; null: it reached the end, and the next starts with the longest due. */
export type SweepPositions = readonly (string | null)[];

export const sweepBookmark = (machinery: WritableTable) => ({
  /** one position for each shard */
  read: async (): Promise<SweepPositions> => {
    const kept = bookmarkItem.safeParse(await machinery.table.get(sweepBookmarkKey)).data?.shards ?? [];
    return Array.from({ length: dueShards }, (_, shard) => kept[shard] ?? null);
  },
  keep: async (shards: SweepPositions): Promise<void> => {
    await writeAll(machinery, [{ put: { ...sweepBookmarkKey, shards: [...shards] } }]);
  },
});
export type SweepBookmark = ReturnType<typeof sweepBookmark>;
