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

/** What has no segment is together under this key. */
const withoutSegment = 'none';

/** A node as the engine names it. */
export const toEngine = ({ level, key }: ForecastNode): Node => {
  if (level === 'company') return { level: 'total', key: '' };
  return { level: levels[level], key: level === 'segment' && key === withoutSegment ? '' : key };
};

/** A node of the engine as others know it. Undefined for what has no owner, team or process: nobody can ask for it. */
export const fromEngine = ({ level, key }: Node): ForecastNode | undefined => {
  if (level === 'total') return { level: 'company', key: 'company' };
  if (key === '') return level === 'segment' ? { level: 'segment', key: withoutSegment } : undefined;
  return { level: outside[level], key };
};

export const nodeText = ({ level, key }: Pick<Node, 'key'> & { readonly level: string }): string => `${level}#${key}`;

export type TeamBelow = { readonly key: string; readonly teamIds: readonly string[] };

/** Every node that a cell counts for, in the engine's names; a team counts for all above it. */
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
