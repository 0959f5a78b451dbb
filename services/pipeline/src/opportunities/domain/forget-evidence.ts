import { evidenceForgotten, type OpportunityFact } from '@meilenstein/contracts';
import { decided, type Decision } from '@meilenstein/kernel';
import type { Opportunity, Reached } from './opportunity.ts';

const isForgotten = ({ forgotten, quote, partyRoleText }: Reached): boolean => forgotten || (quote === null && partyRoleText === null);

/** The person behind an opportunity was erased: what was typed of the customers goes, the milestones stay. */
export const forgetEvidence = (before: Opportunity): Decision<OpportunityFact, never> =>
  before.status === 'none' || before.reached.every(isForgotten)
    ? decided()
    : decided(evidenceForgotten.of({ opportunityId: before.dimensions.opportunityId }));
