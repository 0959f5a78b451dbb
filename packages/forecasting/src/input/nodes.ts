import type { Asked } from './evidence.ts';
import type { Place } from './history.ts';
import type { Level, Node } from './node.ts';

/** A node and the places that it is the sum of, by index. */
export type NodeOfPlaces = { readonly node: Node; readonly places: readonly number[] };

const keyAt: Readonly<Record<Exclude<Level, 'total'>, (place: Place) => string>> = {
  process: (place) => place.processId,
  team: (place) => place.teamId,
  owner: (place) => place.ownerId,
  segment: (place) => place.segment,
};

const levels = ['process', 'team', 'owner', 'segment'] as const;

export const total: Node = { level: 'total', key: '' };

/** All nodes over the places in use: the total, every value at every level, and the teams with all below them that were asked for. */
export const nodesOver = (places: readonly Place[], inUse: (place: number) => boolean, teams: Asked['teams']): readonly NodeOfPlaces[] => {
  const used = places.map((place, index) => ({ place, index })).filter(({ index }) => inUse(index));
  const grouped = levels.flatMap((level) =>
    [...Map.groupBy(used, ({ place }) => keyAt[level](place))]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .filter(([key]) => level !== 'team' || teams.every((team) => team.key !== key))
      .map(([key, group]) => ({ node: { level, key }, places: group.map(({ index }) => index) })),
  );
  const asked = teams.map(({ key, teamIds }) => ({
    node: { level: 'team' as const, key },
    places: used.filter(({ place }) => teamIds.includes(place.teamId)).map(({ index }) => index),
  }));
  return [{ node: total, places: used.map(({ index }) => index) }, ...grouped, ...asked];
};

/** Whether what counts at a place counts for a node. */
export const isInNode = (node: Node, teams: Asked['teams']): ((place: Place) => boolean) => {
  const { level, key } = node;
  if (level === 'total') return () => true;
  const below = level === 'team' ? teams.find((team) => team.key === key)?.teamIds : undefined;
  return (place) => below?.includes(place.teamId) ?? keyAt[level](place) === key;
};
