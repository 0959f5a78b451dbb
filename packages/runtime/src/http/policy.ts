import { lastTeamOn, subtreeOf, type Caller, type Company, type Role, type Route } from '@meilenstein/contracts';
import type { Day, RepId, TeamId } from '@meilenstein/kernel';

/** Whose records a caller may see and change. */
export type Scope = { readonly kind: 'everyone' } | { readonly kind: 'reps'; readonly reps: readonly RepId[] };

const seesEveryone: readonly Role[] = ['operations', 'admin', 'finance', 'marketing'];

/**
 * The caller with those of their roles that the contract of the route admits; undefined if it admits none. A role that the route is not for
 * must not widen what another role sees: on a route for reps, somebody who is rep and finance sees what a rep sees.
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

/** The teams that a manager leads, with all teams below them. */
export const managedTeams = (company: Company, caller: Caller): readonly TeamId[] => {
  const self = repOf(company, caller);
  if (self === undefined || !caller.roles.includes('manager')) return [];
  return company.teams.filter((team) => team.managers.includes(self)).flatMap((team) => subtreeOf(company, team.teamId));
};

/**
 * A rep sees their own records, a manager also those of the teams below them on `today`, all others every record. A rep who has left stays
 * with their last team, so that the records can be given to somebody else. A rep or manager whom the organisation does not know sees no
 * records.
 */
export const scopeOf = (company: Company, caller: Caller, today: Day): Scope => {
  if (caller.roles.some((role) => seesEveryone.includes(role))) return { kind: 'everyone' };
  const self = repOf(company, caller);
  if (self === undefined) return { kind: 'reps', reps: [] };
  if (!caller.roles.includes('manager')) return { kind: 'reps', reps: [self] };
  const managed = managedTeams(company, caller);
  const below = company.reps.map((rep) => rep.repId).filter((rep) => managed.some((team) => team === lastTeamOn(company, rep, today)));
  return { kind: 'reps', reps: [...new Set([self, ...below])] };
};

/** Whether a record of `owner` lies in the scope; a record without an owner is seen only by those who see everyone. */
export const maySee = (scope: Scope, owner: RepId | null): boolean =>
  scope.kind === 'everyone' || (owner !== null && scope.reps.includes(owner));

/** An `integration` caller speaks for the sources its token names; all other roles for all. */
export const maySpeakFor = (caller: Caller, source: string): boolean =>
  caller.roles.some((role) => role !== 'integration') || caller.sources.includes(source);
