import type { Cell } from './history.ts';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compare = (a: Cell, b: Cell): number =>
  compareText(a.processId, b.processId) ||
  compareText(a.teamId, b.teamId) ||
  compareText(a.ownerId, b.ownerId) ||
  compareText(a.segment, b.segment);

/** Values by the four parts of a cell. There are very many look-ups, so none builds a text key. */
type Tree<Value> = Map<string, Map<string, Map<string, Map<string, Value>>>>;

const leafOf = <Value>(tree: Tree<Value>, { processId, teamId, ownerId }: Cell): Map<string, Value> => {
  const teams = tree.get(processId) ?? new Map<string, Map<string, Map<string, Value>>>();
  const owners = teams.get(teamId) ?? new Map<string, Map<string, Value>>();
  const segments = owners.get(ownerId) ?? new Map<string, Value>();
  if (segments.size === 0) tree.set(processId, teams.set(teamId, owners.set(ownerId, segments)));
  return segments;
};

/** Every cell once, in a fixed order. */
export const sortedCells = (cells: Iterable<Cell>): readonly Cell[] => {
  const tree: Tree<Cell> = new Map();
  const found: Cell[] = [];
  for (const cell of cells) {
    const segments = leafOf(tree, cell);
    if (segments.has(cell.segment)) continue;
    segments.set(cell.segment, cell);
    found.push(cell);
  }
  return found.toSorted(compare);
};

/** The index of each cell in such a list. */
export const indexOfCells = (cells: readonly Cell[]): ((cell: Cell) => number) => {
  const tree: Tree<number> = new Map();
  cells.forEach((cell, at) => leafOf(tree, cell).set(cell.segment, at));
  return (cell) => tree.get(cell.processId)?.get(cell.teamId)?.get(cell.ownerId)?.get(cell.segment) ?? 0;
};
