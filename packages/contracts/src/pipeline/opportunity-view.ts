import { accountId, instant, leadId, moneyText, opportunityId, processId, repId, sourceId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { frozenRate, plainText } from '../fragments.ts';
import { act, cancelReason, channel, lossReason, milestoneId, partyRole, responseId, responseKind, typedPartyRole } from './events.ts';

export const sellers = ['rep', 'manager', 'operations', 'admin'] as const;

const artefact = z.strictObject({
  reference: plainText(500).min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'is a SHA-256 as 64 hexadecimal digits in small letters'),
});

export const opportunityStatus = z.enum(['open', 'won', 'lost', 'cancelled']);

const order = z.object({
  orderId: z.string(),
  orderedAt: instant,
  amount: moneyText,
  reportingAmount: moneyText,
  rate: frozenRate,
});
const cancelledPart = z.object({ amount: moneyText, reportingAmount: moneyText, cancelledAt: instant, reason: cancelReason });

export const opportunityView = z.object({
  opportunityId,
  status: opportunityStatus,
  processId,
  processVersion: z.int().positive(),
  account: z.object({ id: accountId, name: z.string().nullable() }),
  leadId: leadId.nullable(),
  sourceId: sourceId.nullable(),
  segment: z.string().nullable(),
  repId,
  teamId,
  openedAt: instant,
  amount: moneyText.nullable(),
  milestones: z.array(
    z.object({
      milestoneId,
      position: z.int().positive(),
      occurredAt: instant,
      recordedAt: instant,
      act,
      channel,
      partyRole,
      /** the role as it was typed; null where it equals the published word, and after the person was erased */
      partyRoleText: z.string().nullable(),
      quote: z.string().nullable(),
      /** the rep who recorded it; null if somebody else or an import did; missing where it is not known any more */
      recordedBy: repId.nullable().optional(),
      /** when the evidence was corrected last; null: it is as it was recorded */
      correctedAt: instant.nullable(),
      /** the document that proves it; null where none was named, and after the person was erased */
      artefact: artefact.nullable(),
    }),
  ),
  /** what the customer did without reaching a milestone: the newest 30, the latest recorded last */
  responses: z.array(
    z.object({
      responseId,
      kind: responseKind,
      occurredAt: instant,
      recordedAt: instant,
      channel,
      partyRole,
      /** as in `milestones` */
      partyRoleText: z.string().nullable(),
      quote: z.string().nullable(),
      recordedBy: repId.nullable(),
    }),
  ),
  /** the first milestone that the customer has not reached; null when none is left */
  nextMilestoneId: milestoneId.nullable(),
  /** as it is in force: corrected, and without the parts that were cancelled */
  order: order
    .extend({
      cancelledAt: instant.nullable(),
      correctedAt: instant.nullable(),
      cancelledParts: z.array(cancelledPart),
    })
    .nullable(),
  /** orders that were cancelled before the opportunity was reopened, the oldest first */
  earlierOrders: z.array(order.extend({ cancelledAt: instant, reason: cancelReason })),
  lossReason: lossReason.nullable(),
  loss: z
    .object({
      reason: lossReason,
      lostAt: instant.nullable(),
      recordedBy: repId.nullable(),
      /** null where none was written, and after the person was erased */
      note: z.string().nullable(),
    })
    .nullable(),
  cancelReason: cancelReason.nullable(),
});
export type OpportunityView = z.infer<typeof opportunityView>;

export const confirm = z
  .literal(true)
  .optional()
  .describe('An amount far outside the orders of the company is right, although it looks like a typing error.');

export const restates = z.literal(true).optional().describe('The order lies in a month that is closed, which is to be reported again.');

export const evidence = z.strictObject({
  act,
  by: z.strictObject({ party: z.enum(['customer', 'us']), role: typedPartyRole }),
  /** when the customer did it */
  occurredAt: instant,
  channel,
  quote: plainText(2000).optional(),
  artefact: artefact.optional(),
});

export const opportunityRefusals = { 'opportunity-not-found': 404, 'version-conflict': 412 } as const;

/** How evidence of the customer can be refused. */
export const evidenceRefusals = {
  'evidence-missing': 422,
  'evidence-not-from-customer': 422,
  'act-not-accepted': 422,
  'evidence-too-old': 422,
  'evidence-in-future': 422,
  'evidence-before-owner': 422,
} as const;

/** How the day and the amount of an order can be refused. */
export const orderRefusals = {
  'period-closed': 422,
  'amount-unusual': 422,
  'amount-not-positive': 422,
  'rate-missing': 422,
  'amount-too-large': 422,
} as const;
