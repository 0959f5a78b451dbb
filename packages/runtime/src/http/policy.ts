import { lastTeamOn, subtreeOf, type Caller, type Company, type Role, type Route } from '@meilenstein/contracts';
import type { Day, RepId } from '@meilenstein/kernel';

/** Whose records a caller may see and change. */
export type Scope = { readonly kind: 'everyone' } | { readonly kind: 'reps'; readonly reps: readonly RepId[] };

const seesEveryone: readonly Role[] = ['operations', 'admin', 'finance', 'marketing'];

/**
 * The caller as the route knows them: with those of their roles that the contract admits; undefined where it admits none. A role that the
 * route is not for must not widen what another one sees: who is rep and finance sees a rep's leads, since finance alone sees none.
 */
export const admitted = (route: Route, caller: Caller): Caller | undefined => {
  const { roles: admits } = route;
  if (admits === 'signature') return undefined;
  const roles = caller.roles.filter((role) => admits.includes(role));
  return roles.length === 0 ? undefined : { ...caller, roles };
};

/** The rep behind a token; undefined for people who do not sell. */
export const repOf = (company: Company, caller: Caller): RepId | undefined =>
  company.reps.find((rep) => rep.loginSubject === caller.subject)?.repId;

/**
 * A rep sees the own records, a manager those of the teams below on `today` and the own ones, others of the company all. Who has left
 * stays with the last team, so that what was left behind can be given to somebody.
 * Somebody with the role of a rep or manager whom the organisation does not know sees nobody's.
 */
export const scopeOf = (company: Company, caller: Caller, today: Day): Scope => {
  if (caller.roles.some((role) => seesEveryone.includes(role))) return { kind: 'everyone' };
  const self = repOf(company, caller);
  if (self === undefined) return { kind: 'reps', reps: [] };
  if (!caller.roles.includes('manager')) return { kind: 'reps', reps: [self] };
  const managed = company.teams.filter((team) => team.managers.includes(self)).flatMap((team) => subtreeOf(company, team.teamId));
  const below = company.reps.map((rep) => rep.repId).filter((rep) => managed.some((team) => team === lastTeamOn(company, rep, today)));
  return { kind: 'reps', reps: [...new Set([self, ...below])] };
};

/** Whether a record of `owner` lies in the scope; a record of nobody is seen only by those who see everyone. */
export const maySee = (scope: Scope, owner: RepId | null): boolean =>
  scope.kind === 'everyone' || (owner !== null && scope.reps.includes(owner));

/** An `integration` caller speaks for the sources its token names; all other roles for all. */
export const maySpeakFor = (caller: Caller, source: string): boolean =>
  caller.roles.some((role) => role !== 'integration') || caller.sources.includes(source);
