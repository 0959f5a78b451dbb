import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { close, listen } from '../../../endpoint/listen.ts';
import { createDatabaseServer } from './database-server.ts';
import { openDatabase } from '../open-database.ts';

// The thread in which the embedded database runs. It sends its address and the tables that got records; it receives faults and the order to stop.

const sweepMillis = 60_000;
const gatherMillis = 40;
const { file } = z.object({ file: z.string().optional() }).parse(workerData);
const request = z.union([
  z.literal('stop'),
  z.object({
    id: z.number(),
    faults: z.object({ conflicts: z.number(), throttling: z.number(), indexesLag: z.boolean(), seed: z.number() }),
  }),
]);

const changed = new Set<string>();
/** Changes are reported together: a reader that comes for each of them alone would cost more than the changes. */
const onRecords = (table: string): void => {
  if (changed.size === 0) setTimeout(tell, gatherMillis);
  changed.add(table);
};
const tell = (): void => {
  parentPort?.postMessage({ records: [...changed] });
  changed.clear();
};

const database = openDatabase({ file, now: Date.now, onRecords });
const server = createDatabaseServer(database);
const sweeping = setInterval(database.sweep, sweepMillis);

parentPort?.on('message', (message: unknown) => {
  const heard = request.parse(message);
  if (heard === 'stop') void stop();
  else {
    database.setFaults(heard.faults);
    parentPort?.postMessage({ done: heard.id });
  }
});

async function stop(): Promise<void> {
  clearInterval(sweeping);
  await close(server);
  database.close();
  parentPort?.close();
}

parentPort?.postMessage({ endpoint: await listen(server, 0) });
