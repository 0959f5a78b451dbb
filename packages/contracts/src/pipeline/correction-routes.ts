import { instant, opportunityId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes } from '../define-api.ts';
import { plainText, worthText } from '../fragments.ts';
import { cancelReason, channel, correctionReason, milestoneId, reopenReason, responseId, responseKind } from './events.ts';
import {
  confirm,
  evidence,
  evidenceRefusals,
  opportunityRefusals,
  opportunityView,
  orderRefusals,
  restates,
  sellers,
} from './opportunity-view.ts';

const opportunityPath = z.object({ opportunityId });
const reason = correctionReason.optional();

/** How what is recorded on an opportunity is put right, and how a customer is recorded who reached no milestone. */
export const correctionRoutes = defineRoutes({
  'POST /opportunities/{opportunityId}/responses': {
    summary:
      'Records that the customer answered, asked or postponed without reaching a milestone. It ends a silence and never advances the opportunity.',
    roles: sellers,
    path: opportunityPath,
    body: z.strictObject({
      kind: responseKind,
      by: evidence.shape.by,
      /** when the customer did it */
      occurredAt: instant,
      channel,
      quote: plainText(2000).optional(),
    }),
    answers: { 200: opportunityView },
    refusals: {
      ...opportunityRefusals,
      'opportunity-closed': 422,
      'evidence-not-from-customer': 422,
      'evidence-too-old': 422,
      'evidence-in-future': 422,
      'evidence-before-owner': 422,
    },
    ifMatch: 'required',
  },
  'POST /opportunities/{opportunityId}/responses/{responseId}/withdraw': {
    summary: 'Withdraws a response of the customer that was recorded wrongly, with a reason. It does not count any more.',
    roles: sellers,
    path: z.object({ opportunityId, responseId }),
    body: z.strictObject({ reason }),
    answers: { 200: opportunityView },
    refusals: { ...opportunityRefusals, 'response-not-found': 404, 'reason-missing': 422 },
    ifMatch: 'required',
  },
  'POST /opportunities/{opportunityId}/milestones/{milestoneId}/withdraw': {
    summary: 'Withdraws the evidence of a milestone, with a reason. The milestone is not reached any more. An order is cancelled instead.',
    roles: sellers,
    path: z.object({ opportunityId, milestoneId }),
    body: z.strictObject({ reason }),
    answers: { 200: opportunityView },
    refusals: { ...opportunityRefusals, 'evidence-not-found': 404, 'evidence-of-order': 422, 'reason-missing': 422 },
    ifMatch: 'required',
  },
  'POST /opportunities/{opportunityId}/milestones/{milestoneId}/correct': {
    summary:
      'Replaces the evidence of a milestone, with a reason. The milestone stays, and nothing wakes. The day of an order is corrected with the order.',
    roles: sellers,
    path: z.object({ opportunityId, milestoneId }),
    body: z.strictObject({ evidence: evidence.optional(), reason }),
    answers: { 200: opportunityView },
    refusals: {
      ...opportunityRefusals,
      ...evidenceRefusals,
      'evidence-not-found': 404,
      'evidence-of-order': 422,
      'reason-missing': 422,
    },
    ifMatch: 'required',
  },
  'POST /opportunities/{opportunityId}/order/correct': {
    summary: 'Corrects the amount or the day of an order, with a reason. The difference is credited, and reported as a correction.',
    roles: sellers,
    path: opportunityPath,
    body: z.strictObject({
      amount: worthText.optional().describe('What the order is worth, without the parts that were cancelled.'),
      orderedAt: instant.optional().describe('When the customer ordered; the exchange rate is that of this day.'),
      reason,
      restates,
      confirm,
    }),
    answers: { 200: opportunityView },
    refusals: {
      ...opportunityRefusals,
      ...orderRefusals,
      'order-not-found': 422,
      'reason-missing': 422,
      'evidence-too-old': 422,
      'evidence-in-future': 422,
      'evidence-before-owner': 422,
      'order-after-cancellation': 422,
    },
    ifMatch: 'required',
  },
  'POST /opportunities/{opportunityId}/cancel': {
    summary: 'Cancels an order or a part of it, with a reason, on the day on which the customer cancelled. The credits are reversed.',
    roles: ['manager', 'operations', 'admin'],
    path: opportunityPath,
    body: z.strictObject({
      amount: worthText.optional().describe('The part that is cancelled, in the currency of the order; absent: all of it.'),
      cancelledAt: instant.optional().describe('When the customer cancelled; absent: now.'),
      reason: cancelReason.optional(),
      restates,
    }),
    answers: { 200: opportunityView },
    refusals: {
      ...opportunityRefusals,
      'order-not-found': 422,
      'reason-missing': 422,
      'amount-not-positive': 422,
      'amount-above-order': 422,
      'currency-not-of-order': 422,
      'cancelled-before-order': 422,
      'cancelled-in-future': 422,
      'period-closed': 422,
    },
    ifMatch: 'required',
  },
  'POST /opportunities/{opportunityId}/reopen': {
    summary:
      'Reopens an opportunity that was lost, or whose order was cancelled, with a reason. The loss does not count any more; the cancelled order stays in the history.',
    roles: sellers,
    path: opportunityPath,
    body: z.strictObject({ reason: reopenReason.optional() }),
    answers: { 200: opportunityView },
    refusals: { ...opportunityRefusals, 'opportunity-not-closed': 422, 'reason-missing': 422 },
    ifMatch: 'required',
  },
});
