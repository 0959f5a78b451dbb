import { epochMillis, type Clock } from '@meilenstein/kernel';
import { onObjectCreated, type EventConsumerDeps } from '../events/event-consumer.ts';
import { importOfKey, type ImportJob, type TakeRows } from './import-job.ts';
import { retryWhileMissing, type RetryWhileMissing } from './retry-while-missing.ts';

export type ImportUploadDeps = {
  readonly clock: Clock;
  readonly imports: ImportJob;
  readonly delay: (millis: number) => Promise<void>;
  /** where the rest of a long file is sent as a new message */
  readonly importQueueUrl: string;
};

/** Work that one call takes on; below the function's time-out of fifteen minutes. */
const maxMillis = 10 * 60_000;

/**
 * Runs the import whose file was uploaded, chunk by chunk. Where time runs short, the rest is a new message to the same queue.
 * `takeWith`: takes the chunks of one run, and reads again while references are missing.
 */
export const onImportUploaded = (
  { clock, imports, importQueueUrl, delay }: ImportUploadDeps,
  takeWith: (retryWhileMissing: RetryWhileMissing) => TakeRows,
  consumer: EventConsumerDeps,
) =>
  onObjectCreated(async (key) => {
    const id = importOfKey(key);
    if (id === undefined) return;
    const until = epochMillis(clock.now()) + maxMillis;
    const finished = await imports.run(id, takeWith(retryWhileMissing(delay)), () => epochMillis(clock.now()) < until);
    if (!finished) await consumer.queues.send(importQueueUrl, JSON.stringify({ detail: { object: { key } } }));
  }, consumer);
