import type { System } from '../assembly/system.ts';
import { failedItems } from '../functions/batch-outcome.ts';
import type { FunctionPool } from '../functions/function-pool.ts';
import { region } from '../account-and-region.ts';
import type { Received } from './message.ts';
import type { Queue } from './queue.ts';
import { md5, systemAttributes } from './queue-operations.ts';

type Mapping = System['mappings'][number]['properties'];

/**
 * A failed message is visible again after this time, doubled with every attempt, and not after the template's visibility time-out: that is
 * minutes long, to outlive the function's own time-out in an account, and too long for a person who waits.
 */
const firstBackOffMillis = 200;
const longestBackOffMillis = 10_000;
const defaultConcurrency = 2;
/** A longer window would only make a person wait: nothing is billed per invocation here. */
const longestWindowMillis = 200;

/** Delivers a queue's messages to a function, in batches. @returns how many batches are under way, and its end */
export function startQueueMapping(mapping: Mapping, queue: Queue, pool: FunctionPool) {
  const batchSize = mapping.BatchSize ?? 10;
  const concurrency = mapping.ScalingConfig?.MaximumConcurrency ?? defaultConcurrency;
  const windowMillis = Math.min(mapping.MaximumBatchingWindowInSeconds * 1000, longestWindowMillis);
  const state = { active: 0, stopped: false };
  let window: NodeJS.Timeout | undefined;

  const pump = (): void => {
    clearTimeout(window);
    window = undefined;
    while (!state.stopped && !pool.isHeld() && state.active < concurrency && queue.counts().visible > 0) {
      state.active += 1;
      void deliverBatch(mapping, queue, pool, batchSize).finally(() => {
        state.active -= 1;
        onVisible();
      });
    }
  };
  const onVisible = (): void => {
    if (state.stopped || state.active >= concurrency) return;
    const { visible } = queue.counts();
    if (visible >= batchSize) pump();
    else if (visible > 0) window ??= setTimeout(pump, windowMillis);
  };
  queue.onVisible(onVisible);
  pool.onRelease(onVisible);
  onVisible();
  return {
    underWay: () => state.active,
    stop: () => {
      state.stopped = true;
      clearTimeout(window);
    },
  };
}

async function deliverBatch(mapping: Mapping, queue: Queue, pool: FunctionPool, batchSize: number): Promise<void> {
  const batch = queue.receive(batchSize);
  const outcome = await pool.invoke(JSON.stringify({ Records: batch.map((received) => toRecord(received, queue.arn)) }));
  const reportsItems = mapping.FunctionResponseTypes.includes('ReportBatchItemFailures');
  const failed = failedItems(
    outcome,
    batch.map(({ message }) => message.id),
    reportsItems,
  );
  for (const { receipt, message } of batch) {
    if (failed.has(message.id))
      queue.putBack(receipt, Math.min(firstBackOffMillis * 2 ** (message.receiveCount - 1), longestBackOffMillis));
    else queue.remove(receipt);
  }
}

function toRecord({ receipt, message }: Received, arn: string) {
  return {
    messageId: message.id,
    receiptHandle: receipt,
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        { dataType: DataType, stringValue: StringValue, binaryValue: BinaryValue, stringListValues: [], binaryListValues: [] },
      ]),
    ),
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: region,
  };
}
