// Runs inside a function's thread: takes invocations as messages and runs the bundled handler.
import { writeSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { contextOf, describeError, loadHandler, whenUncaught, type HandedInvocation } from './run-handler.ts';

const { logFile, compileCache }: { logFile: number; compileCache: string } = workerData;

type Write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown) => boolean;

/** Written at once: what a handler logged before it ended its thread must not be lost, and none of it belongs on the terminal. */
const write: Write = (chunk, encoding, done) => {
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  for (let written = 0; written < bytes.length;) written += writeSync(logFile, bytes, written);
  const callback = typeof encoding === 'function' ? encoding : done;
  if (typeof callback === 'function') queueMicrotask(() => callback());
  return true;
};
process.stdout.write = write;
process.stderr.write = write;
enableCompileCache(compileCache);

const usedMicros = (): number => {
  const { user, system } = process.threadCpuUsage();
  return user + system;
};
const tell = (message: object): void => parentPort?.postMessage(message, []);
/** An idle thread uses no processor, so what it has used by now is what it has used when the next invocation begins. */
const tellNext = (): void => tell({ kind: 'next', usedMillis: usedMicros() / 1000 });

let current: string | undefined;
const handler = await loadHandler().catch((error: unknown) => {
  console.error(error);
  tell({ kind: 'init-error', payload: describeError(error) });
  process.exit(1);
});
whenUncaught((error, exitCode) => {
  if (current !== undefined) tell({ kind: 'settled', failed: true, payload: error });
  process.exit(exitCode);
});

const run = async (handed: HandedInvocation): Promise<void> => {
  current = handed.requestId;
  tell({ kind: 'taken' });
  try {
    const result = await handler(JSON.parse(handed.payload), contextOf(handed, usedMicros));
    tell({ kind: 'settled', failed: false, payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    console.error(error);
    tell({ kind: 'settled', failed: true, payload: describeError(error) });
  }
  current = undefined;
  tellNext();
};
parentPort?.on('message', (handed: HandedInvocation) => void run(handed));
tellNext();
