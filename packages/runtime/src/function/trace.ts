import { AsyncLocalStorage } from 'node:async_hooks';
import { roles } from '@meilenstein/contracts';
import * as z from 'zod';
import { logger } from './middleware.ts';

/**
 * Who or what a unit of work is done for. A `caller` came with a token: a person, or an integration; the roles are those that the route
 * admitted. Everything else has a name: the route that a sender without a token used, the event, the schedule, or the uploaded object.
 */
export const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('caller'), subject: z.string(), roles: z.array(z.enum(roles)) }),
  z.object({ kind: z.enum(['sender', 'event', 'schedule', 'upload']), name: z.string() }),
]);
export type Actor = z.infer<typeof actor>;

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
