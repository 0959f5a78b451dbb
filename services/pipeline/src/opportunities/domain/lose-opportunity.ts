import { opportunityLost, type OpportunityFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Instant, type Refusal, type RepId } from '@meilenstein/kernel';
import type { Opportunity } from './opportunity.ts';

type Reason = Extract<OpportunityFact, { name: 'OpportunityLost' }>['data']['reason'];
export type LoseOpportunity = {
  readonly reason: Reason | undefined;
  readonly note?: string | undefined;
  readonly recordedBy?: RepId | null;
  readonly occurredAt: Instant;
};

/** Records that there will be no order, with the reason. */
export const loseOpportunity = (
  opportunity: Opportunity,
  { reason, note, recordedBy = null, occurredAt }: LoseOpportunity,
): Decision<OpportunityFact, Refusal<'opportunity-not-found' | 'opportunity-closed' | 'reason-missing'>> => {
  if (opportunity.status === 'none') return refused('opportunity-not-found', 'there is no such opportunity');
  if (opportunity.status !== 'open') return refused('opportunity-closed', `the opportunity is already ${opportunity.status}`);
  if (reason === undefined)
    return refused('reason-missing', 'say why it was lost; nobody can learn from a loss without a reason', { field: 'reason' });
  const lastMilestoneId = opportunity.reached.toSorted((a, b) => b.position - a.position)[0]?.milestoneId ?? null;
  return decided(
    opportunityLost.of(
      { ...opportunity.dimensions, reason, lastMilestoneId, recordedBy },
      { occurredAt, ...(note === undefined ? {} : { confidential: { note } }) },
    ),
  );
};
