import { accountId, day, instant, leadId, moneyText, opportunityId, processId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes } from '../define-api.ts';
import { bilingual } from '../fragments.ts';
import { milestoneId } from './events.ts';
import { opportunityFilter, opportunityTotal, silence } from './opportunity-filter.ts';

const sellers = ['rep', 'manager', 'operations', 'admin'] as const;

/** An opportunity as a card of the board; its whole is `GET /opportunities/{opportunityId}`. */
const boardCard = z.object({
  opportunityId,
  /** `name`: null for a natural person, whose name is with the lead */
  account: z.object({ id: accountId, name: z.string().nullable() }),
  leadId: leadId.nullable(),
  amount: moneyText.nullable(),
  reportingAmount: moneyText.nullable(),
  repId,
  teamId,
  silence,
  nextMilestoneId: milestoneId.nullable(),
  /** for `If-Match` */
  version: z.int().positive(),
});

const boardColumn = z.object({
  /** null: opened, no milestone reached yet */
  milestoneId: milestoneId.nullable(),
  /** null with `milestoneId` */
  name: bilingual.nullable(),
  total: opportunityTotal,
  /** the median days since the customer’s last act of those that are here; null where nobody is */
  medianDays: z.int().nonnegative().nullable(),
  /** the days of customers who went on from here: of half of them, and of nine in ten; null if fewer than 30 are known */
  usual: z.object({ wentOn: z.int(), medianDays: z.int(), usualDays: z.int() }).nullable(),
  cards: z.array(boardCard).max(30),
  /** the cursor for `GET /opportunities` with `status=open`, this milestone and the same filters and sort; null if all cards are here */
  next: z.string().nullable(),
});

export const boardView = z.object({
  processId,
  columns: z.array(boardColumn),
  /** all columns together */
  total: opportunityTotal,
  /** closed in the current month of the company’s calendar */
  month: z.object({ label: z.string(), won: opportunityTotal, lost: opportunityTotal }),
});

/** Why an opportunity is in the list of a day: a code with the values that a sentence needs. */
const opportunityReason = z.discriminatedUnion('code', [
  /** `percent` of those who went on did so within `usualDays` */
  z.object({ code: z.literal('customer-silent'), days: z.int(), usualDays: z.int(), percent: z.int(), wentOn: z.int() }),
  /** half of those who went on had done so after `medianDays` */
  z.object({ code: z.literal('next-milestone-likely'), days: z.int(), medianDays: z.int(), usualDays: z.int(), milestoneId }),
  z.object({ code: z.literal('no-milestone-yet'), days: z.int() }),
]);

const opportunityLine = z.object({
  opportunityId,
  account: z.object({ id: accountId, name: z.string().nullable() }),
  leadId: leadId.nullable(),
  reportingAmount: moneyText.nullable(),
  nextMilestoneId: milestoneId.nullable(),
  /** for `If-Match` */
  version: z.int().positive(),
  /** when the usual days end or ended; null if too few are known */
  dueAt: instant.nullable(),
  reason: opportunityReason,
});
export type OpportunityLine = z.infer<typeof opportunityLine>;

export const opportunitiesToday = z.object({
  repId,
  /** the day in the company's time zone */
  today: day,
  /** silent customers first, then those that are likely to go on, then those without a milestone; at most 200 */
  lines: z.array(opportunityLine).max(200),
  total: z.int().nonnegative(),
});

/** The board of a process, and what a rep has to do about opportunities today. */
export const boardRoutes = defineRoutes({
  'GET /board': {
    summary:
      'Returns the open opportunities of a process by the furthest milestone, with count and sum of each column and its first 30 cards, and what was won and lost this month. A rep sees their own, a manager those of their teams.',
    roles: sellers,
    query: z.object({ ...opportunityFilter, process: processId }),
    answers: { 200: boardView },
    refusals: { 'process-not-found': 404, 'list-too-long': 422 },
  },
  'GET /today/opportunities': {
    summary:
      'Lists the opportunities of a rep that need attention: silent customers, customers who usually go on about now, and opportunities without any milestone. Without `rep`: the caller’s own.',
    roles: sellers,
    query: z.object({ rep: repId.optional() }),
    answers: { 200: opportunitiesToday },
    refusals: { 'rep-not-found': 404 },
  },
});
