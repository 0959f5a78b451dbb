import type { Organisation } from '@meilenstein/contracts';
import { repId, teamId, type Refusal } from '@meilenstein/kernel';
import type { ChangeResult, Loaded, Parcel, PreparedChange } from '@meilenstein/runtime';
import { alignRep, dismissRep, type OpenDays } from '../domain/rep.ts';
import { alignTeam, dissolveTeam } from '../domain/team.ts';
import type { CompanyNodes, CompanyStore } from './company-store.ts';
import type { DocumentChange } from '../../documents/store/document-guard.ts';

type NodesById = CompanyNodes['byId'];
type ChangeRequest = { readonly current: NodesById; readonly wanted: Organisation } & OpenDays;
type Prepared<State, R> = PreparedChange<State> | { readonly result: ChangeResult<State, R> };

/** The writes of a new organisation, one parcel for each node that differs, and the nodes after them. */
export type OrganisationChange = { readonly differs: boolean; readonly parcels: DocumentChange<Parcel>; readonly after: NodesById };

const changesOf = <State, R>(all: readonly Prepared<State, R>[]): readonly PreparedChange<State>[] =>
  all.flatMap((change) => ('writes' in change ? [change] : []));

const refusedOf = <State, R>(all: readonly Prepared<State, R>[]): { readonly refused: R } | undefined =>
  all.flatMap((change) => ('result' in change && 'refused' in change.result ? [change.result] : []))[0];

const applyChanges = <State>(before: ReadonlyMap<string, Loaded<State>>, changes: readonly PreparedChange<State>[]) =>
  new Map<string, Loaded<State>>([...before, ...changes.map(({ id, changed }) => [id, changed] as const)]);

/**
 * Decides on each node at the version that was read: teams first, then reps, then dissolved teams, so that no reader in between finds a rep
 * in a team that does not exist. The first refusal is the answer.
 */
export const changeOrganisation = (
  { reps, teams }: Pick<CompanyStore, 'reps' | 'teams'>,
  { current, wanted, today, openSince }: ChangeRequest,
): OrganisationChange | { readonly refused: Refusal<'past-membership-immutable'> } => {
  const changedTeams = wanted.teams.map((team) =>
    teams.prepare({ id: team.teamId, found: current.teams.get(team.teamId), decide: (state) => alignTeam(state, team) }),
  );
  const changedReps = wanted.reps.map((rep) =>
    reps.prepare({ id: rep.repId, found: current.reps.get(rep.repId), decide: (state) => alignRep(state, rep, { today, openSince }) }),
  );
  const refused = refusedOf(changedReps);
  if (refused !== undefined) return refused;
  const [keptReps, keptTeams] = [
    new Set<string>(wanted.reps.map((rep) => rep.repId)),
    new Set<string>(wanted.teams.map((team) => team.teamId)),
  ];
  const leaving = [...current.reps].filter(([id]) => !keptReps.has(id));
  const dissolving = [...current.teams].filter(([id]) => !keptTeams.has(id));
  const left = leaving.map(([id, found]) => reps.prepare({ id, found, decide: (state) => dismissRep(state, repId.parse(id), today) }));
  const dissolved = dissolving.map(([id, found]) =>
    teams.prepare({ id, found, decide: (state) => dissolveTeam(state, teamId.parse(id), today) }),
  );
  const [ofTeams, ofReps, ofDissolved] = [changesOf(changedTeams), [...changesOf(changedReps), ...changesOf(left)], changesOf(dissolved)];
  return {
    differs: ofTeams.length + ofReps.length + ofDissolved.length > 0,
    parcels: { phases: [ofTeams, ofReps], late: ofDissolved, last: [] },
    after: { teams: applyChanges(current.teams, [...ofTeams, ...ofDissolved]), reps: applyChanges(current.reps, ofReps) },
  };
};
