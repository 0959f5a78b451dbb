import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from '@meilenstein/contracts';
import { logger } from './middleware.ts';

/** What a unit of work was caused by; carried by the runtime, so that no function of a service passes it by hand. */
export type Trace = { readonly correlationId: string; readonly causedBy: string | null; readonly actor: Actor };

const storage = new AsyncLocalStorage<Trace>();

/** Runs `work` with its trace; every event it commits carries both ids, every commit its actor, and every line of the log the id. */
export const traced = <T>(trace: Trace, work: () => Promise<T>): Promise<T> => {
  logger.appendKeys({ correlationId: trace.correlationId });
  return storage.run(trace, work);
};

/** The trace of the work under way; undefined outside of any. */
export const currentTrace = (): Trace | undefined => storage.getStore();
