import {
  eventMoney,
  frozenRate,
  lossReason,
  cancelReason,
  act,
  channel,
  bilingual,
  milestone,
  opportunityDimensions,
  partyRole,
  repEstimate,
} from '@meilenstein/contracts';
import { instant } from '@meilenstein/kernel';
import * as z from 'zod';

/** The forms in which the states are kept; reading is validating. */
export const storedProcess = z.object({
  versions: z.array(z.object({ name: bilingual, milestones: z.array(milestone) })),
  publishedAt: instant.nullable(),
});

const dimensions = opportunityDimensions;
const reached = z.object({
  milestoneId: z.string(),
  position: z.int(),
  occurredAt: instant,
  recordedAt: instant,
  act,
  channel,
  partyRole: partyRole.catch('other'),
  partyRoleText: z.string().nullable().default(null),
  quote: z.string().nullable(),
  forgotten: z.boolean().default(false),
  rowId: z.string().optional(),
});
const order = z.object({ orderId: z.string(), orderedAt: instant, rate: frozenRate, amount: eventMoney, reportingAmount: eventMoney });
// What is optional here was not kept by earlier versions.
const terms = z.object({ amount: eventMoney.nullable(), knownAt: instant }).optional();
const estimates = z.array(repEstimate.extend({ knownAt: instant })).optional();
const known = { dimensions, terms, reached: z.array(reached), orders: z.int(), estimates };

export const storedOpportunity = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({ status: z.literal('open'), ...known }),
  z.object({ status: z.literal('won'), ...known, order }),
  z.object({ status: z.literal('lost'), ...known, reason: lossReason, lostAt: instant.optional(), knownAt: instant.optional() }),
  z.object({ status: z.literal('cancelled'), ...known, order, reason: cancelReason, cancelledAt: instant, knownAt: instant.optional() }),
]);
