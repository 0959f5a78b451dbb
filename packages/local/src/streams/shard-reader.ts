import type { Checkpoints } from './checkpoints.ts';
import type { StreamRecord } from './stream-record.ts';
import { ExpiredIterator, type StreamsApi, TrimmedData } from './streams-api.ts';

/** Reads one shard forward from its checkpoint. */
export type ShardReader = {
  readonly id: string;
  /** The next records, empty when there are none yet; undefined when the shard is closed and read to its end. */
  readonly next: () => Promise<readonly StreamRecord[] | undefined>;
};

/** The shards that may be read now: a child only when its parent has been finished, so that an item's changes stay in order. */
export async function readableShards(stream: StreamsApi, checkpoints: Checkpoints): Promise<readonly string[]> {
  const shards = await stream.shards();
  const exists = (id: string): boolean => shards.some((shard) => shard.id === id);
  return shards
    .filter(({ id, parent }) => !checkpoints.isFinished(id) && (parent === undefined || !exists(parent) || checkpoints.isFinished(parent)))
    .map(({ id }) => id);
}

export function openShard(stream: StreamsApi, id: string, checkpoints: Checkpoints): ShardReader {
  /** Where to go on; `end` behind the last record of a closed shard. */
  let place: { readonly iterator: string } | 'end' | undefined;
  return {
    id,
    next: async () => {
      if (place === 'end') return undefined;
      try {
        place ??= { iterator: await stream.iterator(id, checkpoints.of(id)) };
        const { records, next } = await stream.records(place.iterator);
        place = next === undefined ? 'end' : { iterator: next };
        return records.length === 0 && next === undefined ? undefined : records;
      } catch (error) {
        // Records older than 24 hours are gone: what is left begins at the horizon.
        if (error instanceof TrimmedData) place = { iterator: await stream.iterator(id, undefined) };
        else if (error instanceof ExpiredIterator) place = undefined;
        else throw error;
        return [];
      }
    },
  };
}
