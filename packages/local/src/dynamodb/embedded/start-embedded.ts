import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { type Faults, noFaults } from './faults.ts';

/** The running embedded database. */
export type EmbeddedDatabase = {
  /** its address on this machine's loopback interface */
  readonly endpoint: string;
  /** Calls back, soon after, with the tables that have new stream records. */
  readonly onRecords: (listener: (tableNames: readonly string[]) => void) => void;
  /** Switches faults on or off; what is not named stays. */
  readonly setFaults: (faults: Partial<Faults>) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const told = z.union([z.object({ endpoint: z.string() }), z.object({ records: z.array(z.string()) }), z.object({ done: z.number() })]);

/**
 * Starts the embedded database in a thread of its own, so that neither it nor the caller waits for the other.
 * @param file where the tables are kept; in memory without one
 */
export async function startEmbedded(file: string | undefined): Promise<EmbeddedDatabase> {
  const worker = new Worker(new URL('thread/database-thread.ts', import.meta.url), { workerData: { file }, execArgv: [] });
  const [first]: unknown[] = await once(worker, 'message');
  const greeting = told.parse(first);
  if (!('endpoint' in greeting)) throw new Error('the embedded database did not say where it listens');
  let listener: (tableNames: readonly string[]) => void = () => undefined;
  const waiting = new Map<number, () => void>();
  let lastId = 0;
  let faults = noFaults;
  worker.on('message', (message: unknown) => {
    const heard = told.parse(message);
    if ('records' in heard) listener(heard.records);
    if ('done' in heard) {
      waiting.get(heard.done)?.();
      waiting.delete(heard.done);
    }
  });
  return {
    endpoint: greeting.endpoint,
    onRecords: (wanted) => {
      listener = wanted;
    },
    setFaults: (wanted) =>
      new Promise((resolve) => {
        lastId += 1;
        faults = { ...faults, ...wanted };
        waiting.set(lastId, resolve);
        worker.postMessage({ id: lastId, faults });
      }),
    stop: async () => {
      const ended = once(worker, 'exit');
      worker.postMessage('stop');
      await ended;
    },
  };
}
