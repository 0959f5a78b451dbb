import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { System } from '../assembly/system.ts';
import { eventMatcher } from '../bus/event-pattern.ts';
import { failedItems } from '../functions/batch-outcome.ts';
import type { FunctionPool } from '../functions/function-pool.ts';
import type { Checkpoints } from './checkpoints.ts';
import { openShard, readableShards, type ShardReader } from './shard-reader.ts';
import type { StreamRecord } from './stream-record.ts';

/** A stream being read for a function. */
export type StreamMapping = {
  readonly underWay: () => boolean;
  /** Looks at once instead of waiting for the next turn. */
  readonly wake: () => void;
  /** Looks at every shard once more. @returns whether the stream was empty and everything read before is done */
  readonly isDrained: () => Promise<boolean>;
  readonly stop: () => Promise<void>;
};

type Source = {
  readonly mapping: System['mappings'][number];
  readonly client: DynamoDBStreamsClient;
  readonly streamArn: string;
  readonly checkpoints: Checkpoints;
  readonly pool: FunctionPool;
  readonly log: (line: string) => void;
};

const pollMillis = 80;
const shardsMillis = 1000;
const firstBackOffMillis = 100;
const longestBackOffMillis = 5000;

/** Polls a table's stream and hands its records to the function: in order, filtered, in batches, again from the first that failed. */
export function startStreamMapping(source: Source): StreamMapping {
  const { client, streamArn, checkpoints, log } = source;
  const stream = { client, arn: streamArn };
  const deliver = deliverer(source);
  const shards = new Map<string, ShardReader>();
  let [stopped, busy, shardsReadAt, rounds] = [false, false, 0, 0];
  let lastRoundWasEmpty = false;
  let wake = (): void => undefined;

  const round = async (): Promise<void> => {
    if (Date.now() - shardsReadAt > shardsMillis) {
      for (const id of await readableShards(stream, checkpoints)) if (!shards.has(id)) shards.set(id, openShard(stream, id, checkpoints));
      shardsReadAt = Date.now();
    }
    let found = 0;
    for (const shard of shards.values()) {
      const records = await shard.next();
      if (stopped) return;
      if (records === undefined) {
        checkpoints.finish(shard.id);
        shards.delete(shard.id);
        shardsReadAt = 0;
        found += 1;
      } else if (records.length > 0) {
        found += records.length;
        busy = true;
        await deliver(shard.id, records, () => stopped);
        busy = false;
      }
    }
    lastRoundWasEmpty = found === 0;
  };
  const pause = (millis: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, millis);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = (async () => {
    while (!stopped) {
      lastRoundWasEmpty = false;
      await round().catch((error: unknown) => {
        busy = false;
        if (!stopped) log(`${source.mapping.path}: reading the stream failed, trying again: ${String(error)}`);
      });
      rounds += 1;
      if (!stopped) await pause(lastRoundWasEmpty ? pollMillis : 1);
    }
  })();
  return {
    underWay: () => busy,
    wake: () => wake(),
    isDrained: async () => {
      if (busy) return false;
      // The round that is running may have looked before the last write; the one after it has not.
      const enough = rounds + 2;
      while (!stopped && !busy && rounds < enough) {
        wake();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return lastRoundWasEmpty || stopped;
    },
    stop: async () => {
      stopped = true;
      wake();
      await loop;
    },
  };
}

type IsStopped = () => boolean;

/** Delivers what was read from a shard and advances its checkpoint; comes back when all is done or the mapping stops. */
function deliverer({ mapping: { properties }, checkpoints, pool, log }: Source) {
  const filters = (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) => eventMatcher(JSON.parse(Pattern)));
  const passes = (record: StreamRecord): boolean => filters.length === 0 || filters.some((matches) => matches(record));
  const batchSize = properties.BatchSize ?? 100;

  const invoke = async (records: readonly StreamRecord[]): Promise<number> => {
    const outcome = await pool.invoke(JSON.stringify({ Records: records }));
    const numbers = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const failed = failedItems(outcome, numbers, properties.FunctionResponseTypes.includes('ReportBatchItemFailures'));
    const first = numbers.findIndex((number) => failed.has(number));
    return first === -1 ? records.length : first;
  };

  return async (shardId: string, records: readonly StreamRecord[], isStopped: IsStopped): Promise<void> => {
    const passing = records.filter(passes);
    let [done, size, failures] = [0, batchSize, 0];
    while (done < passing.length) {
      if (isStopped()) return;
      if (pool.isHeld()) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      const batch = passing.slice(done, done + size);
      const succeeded = await invoke(batch);
      done += succeeded;
      const last = passing[done - 1];
      if (succeeded > 0 && last !== undefined) checkpoints.advance(shardId, last.dynamodb.SequenceNumber);
      if (succeeded === batch.length) {
        [size, failures] = [batchSize, 0];
        continue;
      }
      if (isStopped()) return;
      if (succeeded === 0) failures += 1;
      if (properties.BisectBatchOnFunctionError) size = Math.max(1, Math.floor((batch.length - succeeded) / 2));
      if (size === 1 && properties.MaximumRetryAttempts >= 0 && failures > properties.MaximumRetryAttempts) {
        log(`${pool.name}: record ${passing[done]?.dynamodb.SequenceNumber} given up after ${failures} attempts`);
        [done, failures] = [done + 1, 0];
      } else
        await new Promise((resolve) =>
          setTimeout(resolve, Math.min(firstBackOffMillis * 2 ** Math.min(failures, 10), longestBackOffMillis)),
        );
    }
    const end = records.at(-1);
    if (end !== undefined) checkpoints.advance(shardId, end.dynamodb.SequenceNumber);
  };
}
