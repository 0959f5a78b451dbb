import { subtreeOf, type Caller, type Company, type ForecastNode } from '@meilenstein/contracts';
import type { Day } from '@meilenstein/kernel';
import { maySee, repOf, scopeOf, type Scope } from '@meilenstein/runtime';

/** Segments and processes are what events say, so there is no list of them: one that nobody uses has a forecast of nothing. */
const exists = (company: Company, node: ForecastNode): boolean => {
  switch (node.level) {
    case 'company':
      return node.key === 'company';
    case 'team':
      return company.teams.some((team) => team.teamId === node.key);
    case 'rep':
      return company.reps.some((rep) => rep.repId === node.key);
    case 'segment':
    case 'process':
      return true;
  }
};

/** Teams that a manager leads, with all below them. */
const managedTeams = (company: Company, caller: Caller): readonly string[] => {
  const self = repOf(company, caller);
  if (self === undefined || !caller.roles.includes('manager')) return [];
  return company.teams.filter((team) => team.managers.includes(self)).flatMap((team) => subtreeOf(company, team.teamId));
};

/**
 * Whether a caller may look at a node: a rep at itself, a manager also at the own teams and the reps in them, the others at all.
 * Company, segments and processes are everybody's figures together.
 */
export const maySeeNode = (company: Company, caller: Caller, today: Day, node: ForecastNode): boolean => {
  const scope = scopeOf(company, caller, today);
  if (!exists(company, node)) return false;
  if (scope.kind === 'everyone') return true;
  if (node.level === 'team') return managedTeams(company, caller).includes(node.key);
  return node.level === 'rep' && company.reps.some((rep) => rep.repId === node.key && maySee(scope, rep.repId));
};

/** Whether a caller sees the figures of a team as a whole. */
export const maySeeTeam = (company: Company, caller: Caller, scope: Scope, team: string): boolean =>
  scope.kind === 'everyone' || managedTeams(company, caller).includes(team);
