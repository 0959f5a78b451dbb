import { evidenceErased, type OpportunityFact } from '@meilenstein/contracts';
import { decided, type Decision } from '@meilenstein/kernel';
import type { Opportunity, ReachedMilestone } from './opportunity.ts';

const isErased = ({ erased, quote, partyRoleText, artefact }: ReachedMilestone): boolean =>
  erased || (quote === null && partyRoleText === null && (artefact ?? null) === null);

const hasNote = (opportunity: Opportunity): boolean => opportunity.status === 'lost' && (opportunity.note ?? null) !== null;

/** Erases what was typed about customers once the person behind an opportunity is erased; the milestones stay. */
export const eraseEvidence = (opportunity: Opportunity): Decision<OpportunityFact, never> =>
  opportunity.status === 'none' || (opportunity.reached.every(isErased) && !hasNote(opportunity))
    ? decided()
    : decided(evidenceErased.of({ opportunityId: opportunity.dimensions.opportunityId }));
