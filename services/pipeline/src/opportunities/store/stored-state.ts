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
  responseKind,
} from '@meilenstein/contracts';
import { instant, repId } from '@meilenstein/kernel';
import * as z from 'zod';

/** The stored forms of the states; every read validates them. */
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
  artefact: z.object({ reference: z.string(), sha256: z.string() }).nullable().optional(),
  erased: z.boolean().default(false),
  recordedBy: repId.nullable().optional(),
  rowId: z.string().optional(),
  correctedAt: instant.optional(),
});
const response = z.object({
  responseId: z.string(),
  kind: responseKind,
  occurredAt: instant,
  recordedAt: instant,
  channel,
  partyRole: partyRole.catch('other'),
  partyRoleText: z.string().nullable(),
  quote: z.string().nullable(),
  erased: z.boolean(),
  recordedBy: repId.nullable(),
});
const ordered = z.object({ orderId: z.string(), orderedAt: instant, rate: frozenRate, amount: eventMoney, reportingAmount: eventMoney });
const cancelled = { cancelledAt: instant, reason: cancelReason };
const cancelledPart = z.object({ amount: eventMoney, reportingAmount: eventMoney, ...cancelled });
const order = ordered.extend({ cancelledParts: z.array(cancelledPart).optional(), correctedAt: instant.optional() });
const takenBack = z.object({
  kind: z.enum(['evidence', 'order', 'loss', 'cancellation']),
  milestoneId: z.string().optional(),
  occurredAt: instant,
  rowId: z.string().optional(),
});
// Earlier versions did not store the optional fields.
const terms = z.object({ amount: eventMoney.nullable(), recordedAt: instant }).optional();
const estimates = z.array(repEstimate.extend({ recordedAt: instant })).optional();
const base = {
  dimensions,
  terms,
  reached: z.array(reached),
  orders: z.int(),
  estimates,
  responses: z.array(response).optional(),
  earlierOrders: z.array(ordered.extend(cancelled)).optional(),
  takenBack: z.array(takenBack).optional(),
};

export const storedOpportunity = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({ status: z.literal('open'), ...base }),
  z.object({ status: z.literal('won'), ...base, order }),
  z.object({
    status: z.literal('lost'),
    ...base,
    reason: lossReason,
    lostAt: instant.optional(),
    recordedAt: instant.optional(),
    note: z.string().nullable().optional(),
    recordedBy: repId.nullable().optional(),
  }),
  z.object({ status: z.literal('cancelled'), ...base, order, reason: cancelReason, cancelledAt: instant, recordedAt: instant.optional() }),
]);
