import { opportunityReopened, type OpportunityFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Instant, type Refusal, type RepId } from '@meilenstein/kernel';
import type { Opportunity } from '../../opportunities/domain/opportunity.ts';
import type { TeamAt } from '../../opportunities/domain/owner-team.ts';

type ReopenOpportunity = {
  readonly reason: Extract<OpportunityFact, { name: 'OpportunityReopened' }>['data']['reason'] | undefined;
  readonly recordedBy: RepId | null;
};

/**
 * Reopens what was lost or cancelled, as it was before its end: with the milestones that the customer had reached and the amount before
 * the order. It wakes nobody; a response of the customer does.
 */
export const reopenOpportunity = (
  opportunity: Opportunity,
  { reason, recordedBy }: ReopenOpportunity,
  { teamAt, now }: { readonly teamAt: TeamAt; readonly now: Instant },
): Decision<OpportunityFact, Refusal<'opportunity-not-found' | 'opportunity-not-closed' | 'reason-missing'>> => {
  if (opportunity.status === 'none') return refused('opportunity-not-found', 'there is no such opportunity');
  if (opportunity.status === 'open') return refused('opportunity-not-closed', 'the opportunity is open already');
  if (opportunity.status === 'won')
    return refused('opportunity-not-closed', 'the customer ordered; cancel the order before you reopen the opportunity');
  if (reason === undefined)
    return refused('reason-missing', 'say why it is open again: the customer came back, or it was closed by mistake', { field: 'reason' });
  const { status, dimensions, terms, reached } = opportunity;
  const amount = terms === undefined ? dimensions.amount : terms.amount;
  const last = reached.toSorted((a, b) => b.position - a.position)[0];
  const orderMilestoneId = status === 'cancelled' ? (last?.milestoneId ?? null) : null;
  const teamId = teamAt(dimensions.repId, now) ?? dimensions.teamId;
  return decided(opportunityReopened.of({ ...dimensions, teamId, amount, previous: status, orderMilestoneId, reason, recordedBy }));
};
