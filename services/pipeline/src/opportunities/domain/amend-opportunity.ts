import { opportunityAmended, type OpportunityFact } from '@meilenstein/contracts';
import { canonicalJson, decided, refused, type Decision, type Money, type Refusal, type RepId, type TeamId } from '@meilenstein/kernel';
import type { Opportunity } from './opportunity.ts';

/** Fields that are absent stay unchanged. */
export type Amendment = {
  readonly amount?: Money | null;
  readonly segment?: string | null;
  readonly owner?: { readonly repId: RepId; readonly teamId: TeamId };
};

/** Changes amount, segment or owner of an open opportunity; the event has the values before and after. */
export const amendOpportunity = (
  opportunity: Opportunity,
  amendment: Amendment,
): Decision<OpportunityFact, Refusal<'opportunity-not-found' | 'opportunity-closed' | 'amount-not-positive'>> => {
  if (opportunity.status === 'none') return refused('opportunity-not-found', 'there is no such opportunity');
  if (opportunity.status !== 'open') return refused('opportunity-closed', `an opportunity that is ${opportunity.status} cannot be amended`);
  if (amendment.amount && amendment.amount.minor <= 0)
    return refused('amount-not-positive', 'send an amount above 0, or null while it is not known', { field: 'amount' });
  const { opportunityId, processId, amount, segment, repId, teamId } = opportunity.dimensions;
  const before = { amount, segment, repId, teamId };
  const after = {
    amount: amendment.amount === undefined ? amount : amendment.amount,
    segment: amendment.segment === undefined ? segment : amendment.segment,
    repId: amendment.owner?.repId ?? repId,
    teamId: amendment.owner?.teamId ?? teamId,
  };
  return canonicalJson(before) === canonicalJson(after)
    ? decided()
    : decided(opportunityAmended.of({ opportunityId, processId, before, after }));
};
