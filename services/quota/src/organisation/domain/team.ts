import { teamChanged, teamDissolved, type Happened, type Organisation, type TeamFact } from '@meilenstein/contracts';
import { canonicalJson, decided, type Day, type Decision, type RepId, type TeamId } from '@meilenstein/kernel';

export type TeamDocument = Organisation['teams'][number];
export type Team =
  | { readonly status: 'none' | 'dissolved' }
  | { readonly status: 'active'; readonly name: string; readonly managers: readonly RepId[]; readonly effectiveFrom: Day };
export type ActiveTeam = Extract<Team, { status: 'active' }>;

export const noTeam: Team = { status: 'none' };

export const evolveTeam = (_: Team, fact: Happened<TeamFact>): Team => {
  if (fact.name === 'TeamDissolved') return { status: 'dissolved' };
  const { name, managers, effectiveFrom } = fact.data;
  return { status: 'active', name, managers, effectiveFrom };
};

export const toTeamDocument = (teamId: TeamId, { name, managers, effectiveFrom }: ActiveTeam): TeamDocument => ({
  teamId,
  name,
  managers: [...managers],
  effectiveFrom,
});

/** Brings the team in line with the document. */
export const alignTeam = (team: Team, wanted: TeamDocument): Decision<TeamFact, never> =>
  team.status === 'active' && canonicalJson(toTeamDocument(wanted.teamId, team)) === canonicalJson(wanted)
    ? decided()
    : decided(teamChanged.of({ ...wanted, parentTeamId: null }));

/** A team that is left out of the document is dissolved today. */
export const dissolveTeam = (team: Team, teamId: TeamId, today: Day): Decision<TeamFact, never> =>
  team.status === 'active' ? decided(teamDissolved.of({ teamId, effectiveFrom: today })) : decided();
