import { customerResponseWithdrawn, milestoneWithdrawn, type OpportunityFact } from '@meilenstein/contracts';
import { decided, refusal, refused, type Decision, type Refusal, type RepId } from '@meilenstein/kernel';
import type { Opportunity } from '../../opportunities/domain/opportunity.ts';

type CorrectionReason = Extract<OpportunityFact, { name: 'MilestoneWithdrawn' }>['data']['reason'];

/** Why something is put right, and by whom. */
export type Because = { readonly reason: CorrectionReason | undefined; readonly recordedBy: RepId | null };

export const reasonMissing = refused('reason-missing', 'say why it is put right, so that everybody understands the history', {
  field: 'reason',
});

export const evidenceNotFound = (milestoneId: string) =>
  refused('evidence-not-found', 'milestoneId: no evidence is recorded for this milestone', { field: 'milestoneId', value: milestoneId });

/** Refuses to take the evidence of an order away from under it. */
export const checkNotOrder = (opportunity: Opportunity, milestoneId: string): Refusal<'evidence-of-order'> | undefined => {
  if (opportunity.status !== 'won' && opportunity.status !== 'cancelled') return undefined;
  const last = opportunity.reached.toSorted((a, b) => b.position - a.position)[0];
  return last?.milestoneId === milestoneId
    ? refusal(
        'evidence-of-order',
        'it belongs to the order: cancel the order and reopen the opportunity, or correct the day of the order',
        {
          field: 'milestoneId',
          value: milestoneId,
        },
      )
    : undefined;
};

/** Withdraws the evidence of a milestone, whatever became of the opportunity: the customer has not reached it. */
export const withdrawEvidence = (
  opportunity: Opportunity,
  { milestoneId, reason, recordedBy }: Because & { readonly milestoneId: string },
): Decision<OpportunityFact, Refusal<'opportunity-not-found' | 'evidence-not-found' | 'evidence-of-order' | 'reason-missing'>> => {
  if (opportunity.status === 'none') return refused('opportunity-not-found', 'there is no such opportunity');
  const recorded = opportunity.reached.find((one) => one.milestoneId === milestoneId);
  if (recorded === undefined) return evidenceNotFound(milestoneId);
  const ofOrder = checkNotOrder(opportunity, milestoneId);
  if (ofOrder !== undefined) return { refused: ofOrder };
  if (reason === undefined) return reasonMissing;
  const { position } = recorded;
  return decided(milestoneWithdrawn.of({ ...opportunity.dimensions, milestoneId, position, reason, recordedBy }));
};

/** Withdraws a response of the customer. */
export const withdrawResponse = (
  opportunity: Opportunity,
  { responseId, reason, recordedBy }: Because & { readonly responseId: string },
): Decision<OpportunityFact, Refusal<'opportunity-not-found' | 'response-not-found' | 'reason-missing'>> => {
  if (opportunity.status === 'none') return refused('opportunity-not-found', 'there is no such opportunity');
  if (!(opportunity.responses ?? []).some((one) => one.responseId === responseId))
    return refused('response-not-found', 'responseId: no response of the customer at hand has this id', {
      field: 'responseId',
      value: responseId,
    });
  if (reason === undefined) return reasonMissing;
  return decided(customerResponseWithdrawn.of({ ...opportunity.dimensions, responseId, reason, recordedBy }));
};
