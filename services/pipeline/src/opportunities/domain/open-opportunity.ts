import { opportunityOpened, type OpportunityDimensions, type OpportunityFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Refusal } from '@meilenstein/kernel';
import type { Opportunity } from './opportunity.ts';

/** Opens an opportunity; opening an existing id again changes nothing. The amount is above 0, or null while it is not known. */
export const openOpportunity = (
  opportunity: Opportunity,
  dimensions: OpportunityDimensions,
): Decision<OpportunityFact, Refusal<'amount-not-positive'>> => {
  if (opportunity.status !== 'none') return decided();
  if (dimensions.amount !== null && dimensions.amount.minor <= 0)
    return refused('amount-not-positive', 'send an amount above 0, or null while it is not known', { field: 'amount' });
  return decided(opportunityOpened.of(dimensions, { occurredAt: dimensions.openedAt }));
};
