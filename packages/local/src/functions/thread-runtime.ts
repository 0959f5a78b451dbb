import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { environmentOf } from './function-definition.ts';
import type { StartRuntime } from './runtime.ts';

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('next'), usedMillis: z.number() }),
  z.object({ kind: z.literal('taken') }),
  z.object({ kind: z.literal('settled'), failed: z.boolean(), payload: z.string() }),
  z.object({ kind: z.literal('init-error'), payload: z.string() }),
]);

/** A small nursery is collected more often and saves several megabytes a thread. */
const youngMegabytes = 4;
/**
 * V8 ends the whole program, not only the thread, in many of the cases in which a thread reaches its hard limit. So the limit of the
 * function is looked at from outside, and the hard one lies well above it.
 */
const hardLimitFactor = 3;
const memoryLookMillis = 250;

/**
 * Functions in threads of this process.
 * @param program the file that runs inside each thread
 * @param compileCache the folder where Node keeps compiled code from one start to the next
 */
export function threadRuntimes(program: string, compileCache: string): StartRuntime {
  return (definition, logFile, events) => {
    const worker = new Worker(program, {
      name: definition.name,
      env: environmentOf(definition),
      workerData: { logFile, compileCache },
      execArgv: [],
      stdin: false,
      // The program inside writes to the log file itself; what Node still says by these two ends there as well.
      stdout: true,
      stderr: true,
      resourceLimits: {
        maxOldGenerationSizeMb: definition.memoryMegabytes * hardLimitFactor,
        maxYoungGenerationSizeMb: youngMegabytes,
      },
    });
    const state = { how: '' };
    const end = (how: string): void => {
      state.how ||= how;
      void worker.terminate();
    };
    // Only while it works: an idle thread does not grow.
    let memoryLook: NodeJS.Timeout | undefined;
    const lookAtMemory = (): void => {
      memoryLook = setTimeout(() => {
        worker.getHeapStatistics().then(
          ({ used_heap_size: used }) => (used > definition.memoryMegabytes * 1024 * 1024 ? end('out of memory') : lookAtMemory()),
          () => undefined,
        );
      }, memoryLookMillis);
    };
    worker.on('message', (message: unknown) => {
      const told = messageSchema.parse(message);
      if (told.kind === 'settled') clearTimeout(memoryLook);
      if (told.kind === 'taken') events.onTaken();
      else if (told.kind === 'settled') events.onSettled({ payload: told.payload, failed: told.failed });
      else if (told.kind === 'init-error') events.onInitError(told.payload);
      else events.onNext(told.usedMillis);
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      state.how ||= error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out of memory' : `error: ${error.message}`;
    });
    worker.on('exit', (code) => {
      clearTimeout(memoryLook);
      events.onExit(state.how === '' ? `exit status ${code}` : state.how);
    });
    return {
      hand: (invocation) => {
        lookAtMemory();
        worker.postMessage(invocation, []);
      },
      usedMillis: async () => {
        const { user, system } = await worker.cpuUsage();
        return (user + system) / 1000;
      },
      kill: () => end('signal: killed'),
    };
  };
}
