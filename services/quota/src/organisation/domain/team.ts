import { teamChanged, teamDissolved, type Happened, type Organisation, type TeamFact } from '@meilenstein/contracts';
import { canonicalJson, decided, type Day, type Decision, type RepId, type TeamId } from '@meilenstein/kernel';

export type TeamDocument = Organisation['teams'][number];
export type Team =
  | { readonly status: 'none' | 'dissolved' }
  | { readonly status: 'known'; readonly name: string; readonly managers: readonly RepId[]; readonly effectiveFrom: Day };
export type KnownTeam = Extract<Team, { status: 'known' }>;

export const noTeam: Team = { status: 'none' };

export const evolveTeam = (_: Team, fact: Happened<TeamFact>): Team => {
  if (fact.name === 'TeamDissolved') return { status: 'dissolved' };
  const { name, managers, effectiveFrom } = fact.data;
  return { status: 'known', name, managers, effectiveFrom };
};

export const toTeamDocument = (teamId: TeamId, { name, managers, effectiveFrom }: KnownTeam): TeamDocument => ({
  teamId,
  name,
  managers: [...managers],
  effectiveFrom,
});

/** Makes the team what the document says. */
export const alignTeam = (team: Team, wanted: TeamDocument): Decision<TeamFact, never> =>
  team.status === 'known' && canonicalJson(toTeamDocument(wanted.teamId, team)) === canonicalJson(wanted)
    ? decided()
    : decided(teamChanged.of({ ...wanted, parentTeamId: null }));

/** A team that is not in the document any more is no more. */
export const dissolveTeam = (team: Team, teamId: TeamId, today: Day): Decision<TeamFact, never> =>
  team.status === 'known' ? decided(teamDissolved.of({ teamId, effectiveFrom: today })) : decided();
