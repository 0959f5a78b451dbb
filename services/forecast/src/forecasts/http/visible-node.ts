import type { Caller, Company, ForecastNode } from '@meilenstein/contracts';
import type { Day } from '@meilenstein/kernel';
import { managedTeams, maySee, scopeOf, type Scope } from '@meilenstein/runtime';

/** Segments and processes come from events and have no list, so every one of them may exist. */
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

/**
 * Whether a caller may see a node. A rep sees their own node; a manager also sees the teams they lead and the reps in them; other roles see
 * every node. The company, segments and processes sum the figures of all reps, so only those other roles see them.
 */
export const maySeeNode = (company: Company, caller: Caller, today: Day, node: ForecastNode): boolean => {
  const scope = scopeOf(company, caller, today);
  if (!exists(company, node)) return false;
  if (scope.kind === 'everyone') return true;
  if (node.level === 'team') return managedTeams(company, caller).some((team) => team === node.key);
  return node.level === 'rep' && company.reps.some((rep) => rep.repId === node.key && maySee(scope, rep.repId));
};

/** Whether a caller sees the figures of a team as a whole. */
export const maySeeTeam = (company: Company, caller: Caller, scope: Scope, team: string): boolean =>
  scope.kind === 'everyone' || managedTeams(company, caller).some((managed) => managed === team);
