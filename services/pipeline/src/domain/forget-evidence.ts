import { evidenceForgotten, type OpportunityFact } from '@meilenstein/contracts';
import { decided, type Decision } from '@meilenstein/kernel';
import type { Opportunity } from './opportunity.ts';

/** The person behind an opportunity was erased: the quotes go, the milestones stay. */
export const forgetEvidence = (before: Opportunity): Decision<OpportunityFact, never> =>
  before.status === 'none' || before.reached.every((one) => one.quote === null)
    ? decided()
    : decided(evidenceForgotten.of({ opportunityId: before.dimensions.opportunityId }));
