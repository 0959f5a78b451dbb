import { lastTeamOn, orderTeamCorrected, type Company, type OpportunityFact } from '@meilenstein/contracts';
import { dayOf, decided, type Day, type Decision, type Instant, type RepId, type TeamId, type TimeZone } from '@meilenstein/kernel';
import type { Opportunity } from './opportunity.ts';

/** The team to which an owner belongs at an instant, or belonged last; undefined before joining. */
export type TeamAt = (owner: RepId, at: Instant) => TeamId | undefined;

export const teamsAt =
  (company: Company, zone: TimeZone): TeamAt =>
  (owner, at) =>
    lastTeamOn(company, owner, dayOf(at, zone));

/** An open opportunity follows its owner: its team is that of the owner now. An order stays with the team of its day. */
export const followOwner = <State extends Opportunity>(opportunity: State, teamAt: TeamAt, now: Instant): State => {
  if (opportunity.status !== 'open') return opportunity;
  const { dimensions } = opportunity;
  const teamId = teamAt(dimensions.repId, now);
  return teamId === undefined || teamId === dimensions.teamId ? opportunity : { ...opportunity, dimensions: { ...dimensions, teamId } };
};

/** Corrects the team of an order after the memberships of its owner were corrected. `since`: the first day that was corrected. */
export const correctOrderTeam = (
  opportunity: Opportunity,
  { company, zone, since, now }: { readonly company: Company; readonly zone: TimeZone; readonly since: Day; readonly now: Instant },
): Decision<OpportunityFact, never> => {
  if (opportunity.status !== 'won') return decided();
  const { dimensions, order } = opportunity;
  const day = dayOf(order.orderedAt, zone);
  const teamId = lastTeamOn(company, dimensions.repId, day);
  if (day < since || teamId === undefined || teamId === dimensions.teamId) return decided();
  return decided(orderTeamCorrected.of({ ...dimensions, ...order, teamId, previousTeamId: dimensions.teamId }, { occurredAt: now }));
};
