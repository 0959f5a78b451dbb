import type { ForecastNode } from '@meilenstein/contracts';
import type { Cell } from '@meilenstein/forecasting/input/history';
import type { Level, Node } from '@meilenstein/forecasting/input/node';

const levels = {
  company: 'total',
  team: 'team',
  rep: 'owner',
  segment: 'segment',
  process: 'process',
} as const satisfies Record<ForecastNode['level'], Level>;

const outside = {
  total: 'company',
  team: 'team',
  owner: 'rep',
  segment: 'segment',
  process: 'process',
} as const satisfies Record<Level, ForecastNode['level']>;

/** The key for opportunities without a segment. */
const withoutSegment = 'none';

/** A node under the engine's names. */
export const toEngine = ({ level, key }: ForecastNode): Node => {
  if (level === 'company') return { level: 'total', key: '' };
  return { level: levels[level], key: level === 'segment' && key === withoutSegment ? '' : key };
};

/** An engine's node under the names of the API. Undefined for nodes without an owner, team or process: the API has no name for them. */
export const fromEngine = ({ level, key }: Node): ForecastNode | undefined => {
  if (level === 'total') return { level: 'company', key: 'company' };
  if (key === '') return level === 'segment' ? { level: 'segment', key: withoutSegment } : undefined;
  return { level: outside[level], key };
};

export const nodeText = ({ level, key }: Pick<Node, 'key'> & { readonly level: string }): string => `${level}#${key}`;

export type TeamBelow = { readonly key: string; readonly teamIds: readonly string[] };

/** Every node that a cell belongs to, under the engine's names. A team's cells also belong to all teams above it. */
export const nodesOfCell = (teams: readonly TeamBelow[]): ((cell: Cell) => readonly Node[]) => {
  const above = new Map<string, readonly Node[]>();
  const teamNodes = (teamId: string): readonly Node[] => {
    const known = above.get(teamId);
    if (known !== undefined) return known;
    const keys = new Set([...teams.filter((team) => team.teamIds.includes(teamId)).map((team) => team.key), teamId]);
    const nodes = [...keys].map((key): Node => ({ level: 'team', key }));
    above.set(teamId, nodes);
    return nodes;
  };
  return (cell) => [
    { level: 'total', key: '' },
    ...teamNodes(cell.teamId),
    { level: 'owner', key: cell.ownerId },
    { level: 'segment', key: cell.segment },
    { level: 'process', key: cell.processId },
  ];
};
