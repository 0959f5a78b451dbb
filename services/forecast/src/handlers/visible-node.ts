import { subtreeOf, type Caller, type Company, type Node } from '@meilenstein/contracts';
import type { Day } from '@meilenstein/kernel';
import { maySee, repOf, scopeOf } from '@meilenstein/runtime';

const exists = (company: Company, node: Node): boolean => {
  switch (node.level) {
    case 'company':
      return node.key === 'company';
    case 'team':
      return company.teams.some((team) => team.teamId === node.key);
    case 'rep':
      return company.reps.some((rep) => rep.repId === node.key);
  }
};

/** Teams that a manager leads, with all below them. */
const managedTeams = (company: Company, caller: Caller): readonly string[] => {
  const self = repOf(company, caller);
  if (self === undefined || !caller.roles.includes('manager')) return [];
  return company.teams.filter((team) => team.managers.includes(self)).flatMap((team) => subtreeOf(company, team.teamId));
};

/** Whether a caller may look at a node: a rep at itself, a manager also at the own teams and the reps in them, the others at all. */
export const mayLookAt = (company: Company, caller: Caller, today: Day, node: Node): boolean => {
  const scope = scopeOf(company, caller, today);
  if (!exists(company, node)) return false;
  if (scope.kind === 'everyone') return true;
  if (node.level === 'team') return managedTeams(company, caller).includes(node.key);
  return node.level === 'rep' && company.reps.some((rep) => rep.repId === node.key && maySee(scope, rep.repId));
};
