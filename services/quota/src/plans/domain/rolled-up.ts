import { monthsIn, targetOf, type Company, type CompanyRep, type Node, type TargetVersion } from '@meilenstein/contracts';
import type { FiscalCalendar, Period, TeamId } from '@meilenstein/kernel';

/**
 * Where a rep's target of a month counts: in the team at its beginning, of a newcomer in the first one within it. So each month of each
 * target counts in one team, whoever moves or leaves later; undefined where the rep was in none.
 */
export const teamOfMonth = ({ memberships }: CompanyRep, { from, until }: Period): TeamId | undefined =>
  memberships
    .filter((one) => one.from < until && (one.until === null || from < one.until))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))[0]?.teamId;

/** The nodes below a node in a month: of the company its teams, those that are no more while somebody was in them. */
export const nodesBelow = (company: Company, formerTeams: readonly TeamId[], node: Node, month: Period): readonly Node[] => {
  const seats = company.reps.map((rep) => ({ rep: rep.repId, team: teamOfMonth(rep, month) }));
  if (node.level === 'rep') return [];
  if (node.level === 'team') return seats.filter(({ team }) => team === node.key).map(({ rep }) => ({ level: 'rep', key: rep }));
  const taken = new Set(seats.map(({ team }) => team));
  const former = formerTeams.filter((one) => taken.has(one));
  return [...company.teams.map((one) => one.teamId), ...former].map((team) => ({ level: 'team', key: team }));
};

export type Below = (month: Period) => readonly { readonly versions: readonly TargetVersion[] }[];

/** The sum of the targets below in minor units, month by month of those that were below then; null where none of them had a target. */
export const rolledUp = (below: Below, calendar: FiscalCalendar, period: Period): number | null => {
  const targets = monthsIn(calendar, period)
    .flatMap((month) => below(month).map(({ versions }) => targetOf(versions, calendar, month)))
    .filter((target) => target !== null);
  return targets.length === 0 ? null : targets.reduce((sum, one) => sum + one, 0);
};
