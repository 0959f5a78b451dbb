import { instant, repId } from '@meilenstein/kernel';
import * as z from 'zod';
import { roles } from '../define-api.ts';
import { envelopeHead } from '../define-event.ts';
import { auditedEvent } from './audit-route.ts';

/** One entry of the history of a record: what was decided together. Values that are confidential are left out, as in the audit. */
export const historyEntry = z.object({
  recordedAt: instant,
  /** who recorded it; `system`: an event, a schedule, a form or an upload; `not-recorded`: it is older than the audit */
  recordedBy: z.object({
    kind: z.enum(['person', 'system', 'not-recorded']),
    /** null for a person who does not sell, and for everything else */
    repId: repId.nullable(),
    /** the roles that let the person in */
    roles: z.array(z.enum(roles)),
  }),
  origin: envelopeHead.shape.origin,
  events: z.array(auditedEvent),
});
