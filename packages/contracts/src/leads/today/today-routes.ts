import { day, instant, leadId, repId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes } from '../../define-api.ts';
import { taskId } from '../follow-up/follow-up-sequences.ts';

/** Why a lead is in the list of a day: a code with the values that a sentence needs. */
const leadReason = z.discriminatedUnion('code', [
  /** the response deadline runs, or is missed; `minutes`: of working time left, negative after the deadline */
  z.object({ code: z.literal('answer-due'), minutes: z.int() }),
  z.object({ code: z.literal('answer-missed'), minutes: z.int() }),
  z.object({ code: z.literal('waiting-in-queue'), queueId: z.string(), isOverdue: z.boolean() }),
  /** `title`: what to do, as the sequence words it */
  z.object({ code: z.literal('task-due'), taskId, title: z.string() }),
  /** nobody answered a lead of the team in time */
  z.object({ code: z.literal('escalated'), taskId }),
]);

const leadLine = z.object({
  leadId,
  title: z.string().nullable(),
  /** for `If-Match` */
  version: z.int().positive(),
  dueAt: instant,
  reason: leadReason,
});
export type LeadLine = z.infer<typeof leadLine>;

export const leadsToday = z.object({
  repId,
  /** the day in the company's time zone */
  today: day,
  /** the earliest due first, at most 200 */
  lines: z.array(leadLine).max(200),
  total: z.int().nonnegative(),
});

/** What a rep has to do about leads today. */
export const todayRoutes = defineRoutes({
  'GET /today/leads': {
    summary:
      'Lists what a rep has to do about leads, the earliest due first: answers, tasks until the end of the day, and leads that wait in their queues. Without `rep`: the caller’s own.',
    roles: ['rep', 'manager', 'operations', 'admin'],
    query: z.object({ rep: repId.optional() }),
    answers: { 200: leadsToday },
    refusals: { 'rep-not-found': 404 },
  },
});
