import { day, instant } from '@meilenstein/kernel';
import * as z from 'zod';
import { pageOf, pageQuery, type Route } from '../define-api.ts';
import { envelopeHead, type ServiceName } from '../define-event.ts';
import { actor } from './actor.ts';

/** A value of a state; a longer text is cut. Absent and null are the same. */
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What an event changed: `path` is a JSON Pointer into the state of the aggregate. */
const auditedChange = z.object({ path: z.string(), from: value, to: value });
export type AuditedChange = z.infer<typeof auditedChange>;

export const auditedEvent = z.object({
  name: z.string(),
  sequence: envelopeHead.shape.sequence,
  occurredAt: instant,
  sentence: z.string().describe('what happened, in the language of `Accept-Language`: English or German'),
  changes: z.array(auditedChange).describe('each changed value before and after; confidential values are left out'),
  moreChanges: z.int().nonnegative().describe('number of changed values that are not listed'),
});
export type AuditedEvent = z.infer<typeof auditedEvent>;

export const auditedCommit = z.object({
  storedAt: instant.describe('when it was done'),
  actor: z.union([actor, z.object({ kind: z.literal('not-recorded') })]).describe('`not-recorded`: the change is older than the audit'),
  requestId: z
    .string()
    .describe('the id of the request in the access log, in its answer (`x-request-id`) and in every event that it caused'),
  causedBy: envelopeHead.shape.causedBy,
  origin: envelopeHead.shape.origin,
  aggregate: z.object({ kind: z.string(), id: z.string() }),
  events: z.array(auditedEvent).describe('the events of one decision'),
});
export type AuditedCommit = z.infer<typeof auditedCommit>;

const auditQuery = z.object({
  subject: z.string().min(1).max(200).optional().describe('who did it: the subject of the token'),
  aggregate: z
    .string()
    .regex(/^[a-z-]+:.+$/, 'is a kind and an id, such as `lead:9f2c…`')
    .max(300)
    .optional()
    .describe('what was changed, as `kind:id`. The list then includes changes by events, schedules and uploads'),
  from: z.union([instant, day]).optional().describe('an instant or a day in UTC (included)'),
  until: z.union([instant, day]).optional().describe('an instant (excluded) or a day in UTC (included)'),
  format: z.enum(['json', 'csv']).default('json'),
  ...pageQuery.shape,
});
export type AuditQuery = z.infer<typeof auditQuery>;

/** Without a subject or an aggregate every day is a list of its own. */
export const longestAuditDays = 31;

/** The audit of one service: no service reads the table of another one. */
export const auditRoute = (service: ServiceName) =>
  ({
    summary: `Lists who changed what in ${service}, newest first, for a subject, an aggregate, or all callers over at most ${longestAuditDays} days. \`format=csv\` returns CSV, with the next page in the \`Link\` header.`,
    roles: ['admin'],
    query: auditQuery,
    answers: { 200: pageOf(auditedCommit) },
    alsoCsv: true,
    inLanguages: true,
    refusals: { 'audit-range-empty': 422, 'audit-range-too-long': 422, 'aggregate-kind-not-found': 422 },
  }) as const satisfies Route;
