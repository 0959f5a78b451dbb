import type { Me } from './me.ts';

/** What figures can be about: the company, a team, a rep, a segment or a process. */
const levels = ['company', 'team', 'rep', 'segment', 'process'] as const;
type Level = (typeof levels)[number];
export type Node = { readonly level: Level; readonly key: string };

export const wholeCompany: Node = { level: 'company', key: 'company' };

/** `company`, `team:north`: how a node stands in an address, and in a query of the API. */
export const nodeId = ({ level, key }: Node): string => (level === 'company' ? level : `${level}:${key}`);

const isLevel = (text: string): text is Level => levels.some((level) => level === text);

/** The node of an address; undefined where there is none, or none that could exist. */
export const nodeIn = (text: string | undefined): Node | undefined => {
  const [level = '', ...key] = text?.split(':') ?? [];
  if (!isLevel(level)) return undefined;
  if (level === 'company') return wholeCompany;
  return key.join(':') === '' ? undefined : { level, key: key.join(':') };
};

type Named = { readonly key: string; readonly name: string };

/** What there is in the company, as far as the caller may read its names. */
export type KnownNodes = {
  readonly teams: readonly Named[];
  readonly reps: readonly (Named & { readonly teamId: string | null })[];
  readonly segments: readonly Named[];
  readonly processes: readonly Named[];
};

export type NodeGroup = { readonly level: Level; readonly nodes: readonly Named[] };

type Viewer = Pick<Me, 'roles' | 'repId' | 'name' | 'teamsLed' | 'worksCouncilMode'>;

/** Operations, finance and admins see the figures of the whole company. */
export const seesEverything = ({ roles }: Pick<Viewer, 'roles'>): boolean =>
  roles.some((role) => role === 'operations' || role === 'finance' || role === 'admin');

const own = ({ repId, name }: Viewer): readonly Named[] => (repId === null ? [] : [{ key: repId, name: name ?? repId }]);

/** The teams that a manager leads, and those of the reps whom they see because of it: the teams below. */
const teamsOf = ({ teamsLed }: Viewer, { teams, reps }: KnownNodes): readonly Named[] => {
  const ids = new Set<string>([...teamsLed.map(({ teamId }) => teamId), ...reps.flatMap(({ teamId }) => teamId ?? [])]);
  const known = teams.filter(({ key }) => ids.has(key));
  return known.length > 0 ? known : teamsLed.map(({ teamId, name }) => ({ key: teamId, name }));
};

/** The nodes whose figures somebody may see, as groups. In works-council mode a manager sees teams, and of single people only themselves. */
export const nodesFor = (viewer: Viewer, known: KnownNodes): readonly NodeGroup[] => {
  const groups = ((): readonly NodeGroup[] => {
    if (seesEverything(viewer))
      return [
        { level: 'company', nodes: [{ key: 'company', name: '' }] },
        { level: 'team', nodes: known.teams },
        { level: 'rep', nodes: known.reps },
        { level: 'segment', nodes: known.segments },
        { level: 'process', nodes: known.processes },
      ];
    if (viewer.roles.includes('manager') && viewer.teamsLed.length > 0)
      return [
        { level: 'team', nodes: teamsOf(viewer, known) },
        { level: 'rep', nodes: viewer.worksCouncilMode ? own(viewer) : known.reps },
      ];
    return [{ level: 'rep', nodes: own(viewer) }];
  })();
  return groups.filter(({ nodes }) => nodes.length > 0);
};

/** The node that somebody sees first: the company, the team they lead, or themselves. */
export const firstNode = (viewer: Viewer): Node => {
  const team = viewer.roles.includes('manager') ? viewer.teamsLed[0] : undefined;
  if (seesEverything(viewer)) return wholeCompany;
  if (team !== undefined) return { level: 'team', key: team.teamId };
  return viewer.repId === null ? wholeCompany : { level: 'rep', key: viewer.repId };
};
