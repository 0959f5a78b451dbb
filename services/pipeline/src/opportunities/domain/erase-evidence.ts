import { evidenceErased, type OpportunityFact } from '@meilenstein/contracts';
import { decided, type Decision } from '@meilenstein/kernel';
import type { Opportunity } from './opportunity.ts';
import type { CustomerResponse, ReachedMilestone } from './recorded-evidence.ts';

type Words = Pick<CustomerResponse, 'erased' | 'quote' | 'partyRoleText'> & Partial<Pick<ReachedMilestone, 'artefact'>>;

const isErased = ({ erased, quote, partyRoleText, artefact = null }: Words): boolean =>
  erased || (quote === null && partyRoleText === null && artefact === null);

const hasNote = (opportunity: Opportunity): boolean => opportunity.status === 'lost' && (opportunity.note ?? null) !== null;

/** Erases what was typed about customers once the person behind an opportunity is erased; the milestones stay. */
export const eraseEvidence = (opportunity: Opportunity): Decision<OpportunityFact, never> =>
  opportunity.status === 'none' || ([...opportunity.reached, ...(opportunity.responses ?? [])].every(isErased) && !hasNote(opportunity))
    ? decided()
    : decided(evidenceErased.of({ opportunityId: opportunity.dimensions.opportunityId }));
