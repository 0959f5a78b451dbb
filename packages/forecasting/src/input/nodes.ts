import type { ForecastRequest } from './forecast-input.ts';
import type { Cell } from './history.ts';
import type { Level, Node } from './node.ts';

/** A node and the indexes of the cells that it sums. */
export type NodeOfCells = { readonly node: Node; readonly cells: readonly number[] };

const keyAt: Readonly<Record<Exclude<Level, 'total'>, (cell: Cell) => string>> = {
  process: (cell) => cell.processId,
  team: (cell) => cell.teamId,
  owner: (cell) => cell.ownerId,
  segment: (cell) => cell.segment,
};

const levels = ['process', 'team', 'owner', 'segment'] as const;

export const total: Node = { level: 'total', key: '' };

/** All nodes over the cells in use: the total, every key at every level, and the requested teams with all teams below them. */
export const nodesOver = (
  cells: readonly Cell[],
  inUse: (cell: number) => boolean,
  teams: ForecastRequest['teams'],
): readonly NodeOfCells[] => {
  const used = cells.map((cell, index) => ({ cell, index })).filter(({ index }) => inUse(index));
  const grouped = levels.flatMap((level) =>
    [...Map.groupBy(used, ({ cell }) => keyAt[level](cell))]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .filter(([key]) => level !== 'team' || teams.every((team) => team.key !== key))
      .map(([key, group]) => ({ node: { level, key }, cells: group.map(({ index }) => index) })),
  );
  const requested = teams.map(({ key, teamIds }) => ({
    node: { level: 'team' as const, key },
    cells: used.filter(({ cell }) => teamIds.includes(cell.teamId)).map(({ index }) => index),
  }));
  return [{ node: total, cells: used.map(({ index }) => index) }, ...grouped, ...requested];
};

/** Whether a cell belongs to a node. */
export const isInNode = (node: Node, teams: ForecastRequest['teams']): ((cell: Cell) => boolean) => {
  const { level, key } = node;
  if (level === 'total') return () => true;
  const below = level === 'team' ? teams.find((team) => team.key === key)?.teamIds : undefined;
  return (cell) => below?.includes(cell.teamId) ?? keyAt[level](cell) === key;
};
