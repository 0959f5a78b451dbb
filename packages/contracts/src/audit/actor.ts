import * as z from 'zod';
import { roles } from '../define-api.ts';

/**
 * Who or what a unit of work is done for. A `caller` came with a token: a person, or an integration; the roles are those that the route
 * admitted. Everything else has a name: the route that a sender without a token used, the event, the schedule, or the uploaded object.
 */
export const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('caller'), subject: z.string(), roles: z.array(z.enum(roles)) }),
  z.object({ kind: z.enum(['sender', 'event', 'schedule', 'upload']), name: z.string() }),
]);
export type Actor = z.infer<typeof actor>;
