import { monthsIn, targetOf, type Company, type CompanyRep, type Membership, type Node, type TargetVersion } from '@meilenstein/contracts';
import type { FiscalCalendar, Period, TeamId } from '@meilenstein/kernel';

/**
 * The team in which a rep's target of a month counts: that of the first day of the month, or the first one within the month for a newcomer.
 * So each month of a target counts in one team, even if the rep moves or leaves later. Undefined where the rep was in no team.
 */
export const teamOfMonth = ({ memberships }: CompanyRep, { from, until }: Period): TeamId | undefined =>
  memberships
    .filter((one) => one.from < until && (one.until === null || from < one.until))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))[0]?.teamId;

/** The nodes below a node in a month: for the company its teams, dissolved ones as long as they had members. */
export const nodesBelow = (company: Company, formerTeams: readonly TeamId[], node: Node, month: Period): readonly Node[] => {
  const placements = company.reps.map((rep) => ({ rep: rep.repId, team: teamOfMonth(rep, month) }));
  if (node.level === 'rep') return [];
  if (node.level === 'team') return placements.filter(({ team }) => team === node.key).map(({ rep }) => ({ level: 'rep', key: rep }));
  const teamsWithMembers = new Set(placements.map(({ team }) => team));
  const former = formerTeams.filter((team) => teamsWithMembers.has(team));
  return [...company.teams.map((one) => one.teamId), ...former].map((team) => ({ level: 'team', key: team }));
};

export type NodesBelow = (
  month: Period,
) => readonly { readonly versions: readonly TargetVersion[]; readonly memberships?: readonly Membership[] | undefined }[];

/** The sum of the targets below a node, month by month, in minor units; null where no node below had a target. */
export const rollUpTargets = (below: NodesBelow, calendar: FiscalCalendar, period: Period): number | null => {
  const targets = monthsIn(calendar, period)
    .flatMap((month) => below(month).map(({ versions, memberships }) => targetOf(versions, calendar, month, memberships)))
    .filter((target) => target !== null);
  return targets.length === 0 ? null : targets.reduce((sum, one) => sum + one, 0);
};
