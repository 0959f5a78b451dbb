import type { System } from '../assembly/system.ts';
import { eventMatcher } from '../bus/event-pattern.ts';
import { failedItems } from '../functions/batch-outcome.ts';
import type { FunctionPool } from '../functions/function-pool.ts';
import type { Checkpoints } from './checkpoints.ts';
import { openShard, readableShards, type ShardReader } from './shard-reader.ts';
import type { StreamRecord } from './stream-record.ts';
import type { StreamsApi } from './streams-api.ts';

/** A stream being read for a function. */
export type StreamMapping = {
  readonly underWay: () => boolean;
  /** Reads at once instead of waiting for the next round. */
  readonly wake: () => void;
  /** Reads every shard once more. @returns whether the stream was empty and everything read before is done */
  readonly isDrained: () => Promise<boolean>;
  readonly stop: () => Promise<void>;
};

type Source = {
  readonly mapping: System['mappings'][number];
  readonly stream: StreamsApi;
  readonly checkpoints: Checkpoints;
  readonly pool: FunctionPool;
  /** Whether somebody wakes the reader whenever there are records; the stream is polled otherwise. */
  readonly isWoken: boolean;
  readonly log: (line: string) => void;
};

const pollMillis = 80;
/** A stream that was silent for a while is looked at less often: every look costs DynamoDB Local time, and a function that ends wakes the reader anyway. */
const lazyPollMillis = 250;
const restlessMillis = 3000;
const failureMillis = 500;
const shardsMillis = 1000;
const firstBackOffMillis = 100;
const longestBackOffMillis = 5000;
const nothing = (): void => undefined;

/** Reads a table's stream and hands its records to the function: in order, filtered, in batches, again from the first that failed. */
export function startStreamMapping(source: Source): StreamMapping {
  const { stream, checkpoints, log } = source;
  const deliver = deliverer(source);
  const shards = new Map<string, ShardReader>();
  const state = { stopped: false, busy: false, rounds: 0, lastRoundWasEmpty: false, woken: false, resume: nothing };
  const wake = (): void => {
    state.woken = true;
    state.resume();
  };
  let shardsReadAt = 0;

  const round = async (): Promise<number> => {
    // A database that wakes its reader keeps to one shard.
    if (Date.now() - shardsReadAt > shardsMillis && !(source.isWoken && shards.size > 0)) {
      for (const id of await readableShards(stream, checkpoints)) if (!shards.has(id)) shards.set(id, openShard(stream, id, checkpoints));
      shardsReadAt = Date.now();
    }
    let found = 0;
    for (const shard of shards.values()) {
      const records = await shard.next();
      if (state.stopped) return found;
      if (records === undefined) {
        checkpoints.finish(shard.id);
        shards.delete(shard.id);
        shardsReadAt = 0;
        found += 1;
      } else if (records.length > 0) {
        found += records.length;
        state.lastRoundWasEmpty = false;
        state.busy = true;
        await deliver(shard.id, records, () => state.stopped);
        state.busy = false;
      }
    }
    return found;
  };
  const pause = (millis: number | undefined): Promise<void> =>
    new Promise((resolve) => {
      const timer = millis === undefined ? undefined : setTimeout(resolve, millis);
      state.resume = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = (async () => {
    let foundAt = Date.now();
    while (!state.stopped) {
      state.woken = false;
      const found = await round().catch((error: unknown) => {
        state.busy = false;
        // What was read and not delivered is read again: each shard is opened anew at its checkpoint.
        shards.clear();
        shardsReadAt = 0;
        if (!state.stopped) log(`${source.mapping.path}: reading the stream failed, trying again: ${String(error)}`);
      });
      state.rounds += 1;
      state.lastRoundWasEmpty = found === 0;
      if (found !== undefined && found > 0) foundAt = Date.now();
      const idleMillis = source.isWoken ? undefined : Date.now() - foundAt > restlessMillis ? lazyPollMillis : pollMillis;
      if (!state.stopped && !state.woken) await pause(found === undefined ? failureMillis : found === 0 ? idleMillis : 1);
    }
  })();
  return {
    underWay: () => state.busy,
    wake,
    isDrained: async () => {
      if (state.busy) return false;
      // The round that is running may have looked before the last write; the one after it has not.
      const enough = state.rounds + 2;
      while (!state.stopped && !state.busy && state.rounds < enough) {
        wake();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return state.lastRoundWasEmpty || state.stopped;
    },
    stop: async () => {
      state.stopped = true;
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
