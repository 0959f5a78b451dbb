import { epochMillis, type Clock } from '@meilenstein/kernel';
import { onObjectCreated, type EventConsumerDeps } from './event-consumer.ts';
import { importOfKey, type ImportJob, type TakeRows } from './import-job.ts';
import { patience, type Patience } from './import-patience.ts';

export type ImportUploadDeps = {
  readonly clock: Clock;
  readonly imports: ImportJob;
  readonly delay: (millis: number) => Promise<void>;
  /** where the rest of a long file is sent as a new message */
  readonly importQueueUrl: string;
};

/** Work that one call takes on; below the function's time-out of fifteen minutes. */
const mostMillis = 10 * 60_000;

/**
 * Runs the import whose file was uploaded, chunk by chunk. Where time runs short, the rest is a new message to the same queue.
 * `takeWith`: takes the chunks of one run, with the patience that it has.
 */
export const onImportUploaded = (
  { clock, imports, importQueueUrl, delay }: ImportUploadDeps,
  takeWith: (patience: Patience) => TakeRows,
  consumer: EventConsumerDeps,
) =>
  onObjectCreated(async (key) => {
    const id = importOfKey(key);
    if (id === undefined) return;
    const until = epochMillis(clock.now()) + mostMillis;
    const finished = await imports.run(id, takeWith(patience(delay)), () => epochMillis(clock.now()) < until);
    if (!finished) await consumer.queues.send(importQueueUrl, JSON.stringify({ detail: { object: { key } } }));
  }, consumer);
