import type { Organisation } from '@meilenstein/contracts';
import { repId, teamId, type Day, type Refusal } from '@meilenstein/kernel';
import type { ChangeResult, Loaded, Parcel, PreparedChange } from '@meilenstein/runtime';
import { alignRep, dismissRep } from '../domain/rep.ts';
import { alignTeam, dissolveTeam } from '../domain/team.ts';
import type { CompanyNodes, CompanyStore } from './company-store.ts';
import type { DocumentChange } from '../../documents/store/document-guard.ts';

type Known = CompanyNodes['known'];
type Asked = { readonly known: Known; readonly wanted: Organisation; readonly today: Day };
type Prepared<State, R> = PreparedChange<State> | { readonly result: ChangeResult<State, R> };

/** What putting an organisation writes, one parcel for each node that differs, and the nodes after it. */
export type OrganisationChange = { readonly differs: boolean; readonly parcels: DocumentChange<Parcel>; readonly after: Known };

const changesOf = <State, R>(all: readonly Prepared<State, R>[]): readonly PreparedChange<State>[] =>
  all.flatMap((one) => ('writes' in one ? [one] : []));

const refusedOf = <State, R>(all: readonly Prepared<State, R>[]): { readonly refused: R } | undefined =>
  all.flatMap((one) => ('result' in one && 'refused' in one.result ? [one.result] : []))[0];

const after = <State>(before: ReadonlyMap<string, Loaded<State>>, changes: readonly PreparedChange<State>[]) =>
  new Map<string, Loaded<State>>([...before, ...changes.map(({ id, changed }) => [id, changed] as const)]);

/**
 * Decides about each node at the version that was read: teams first, then reps, then the teams that are no more, so that nobody who
 * looks in between finds a rep in a team that is not there. The first refusal is the answer.
 */
export const changeOrganisation = (
  { reps, teams }: Pick<CompanyStore, 'reps' | 'teams'>,
  { known, wanted, today }: Asked,
): OrganisationChange | { readonly refused: Refusal<'past-membership-immutable'> } => {
  const changedTeams = wanted.teams.map((team) =>
    teams.prepare({ id: team.teamId, found: known.teams.get(team.teamId), decide: (state) => alignTeam(state, team) }),
  );
  const changedReps = wanted.reps.map((rep) =>
    reps.prepare({ id: rep.repId, found: known.reps.get(rep.repId), decide: (state) => alignRep(state, rep, today) }),
  );
  const refused = refusedOf(changedReps);
  if (refused !== undefined) return refused;
  const [keptReps, keptTeams] = [
    new Set<string>(wanted.reps.map((rep) => rep.repId)),
    new Set<string>(wanted.teams.map((team) => team.teamId)),
  ];
  const leaving = [...known.reps].filter(([id]) => !keptReps.has(id));
  const dissolving = [...known.teams].filter(([id]) => !keptTeams.has(id));
  const left = leaving.map(([id, found]) => reps.prepare({ id, found, decide: (state) => dismissRep(state, repId.parse(id), today) }));
  const dissolved = dissolving.map(([id, found]) =>
    teams.prepare({ id, found, decide: (state) => dissolveTeam(state, teamId.parse(id), today) }),
  );
  const [ofTeams, ofReps, ofDissolved] = [changesOf(changedTeams), [...changesOf(changedReps), ...changesOf(left)], changesOf(dissolved)];
  return {
    differs: ofTeams.length + ofReps.length + ofDissolved.length > 0,
    parcels: { phases: [ofTeams, ofReps], late: ofDissolved, last: [] },
    after: { teams: after(known.teams, [...ofTeams, ...ofDissolved]), reps: after(known.reps, ofReps) },
  };
};
