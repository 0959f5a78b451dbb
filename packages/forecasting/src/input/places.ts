import type { Place } from './history.ts';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compare = (a: Place, b: Place): number =>
  compareText(a.processId, b.processId) ||
  compareText(a.teamId, b.teamId) ||
  compareText(a.ownerId, b.ownerId) ||
  compareText(a.segment, b.segment);

/** What is known of places, by their four parts: no text is put together for a look-up, of which there are very many. */
type Tree<Value> = Map<string, Map<string, Map<string, Map<string, Value>>>>;

const leafOf = <Value>(tree: Tree<Value>, { processId, teamId, ownerId }: Place): Map<string, Value> => {
  const teams = tree.get(processId) ?? new Map<string, Map<string, Map<string, Value>>>();
  const owners = teams.get(teamId) ?? new Map<string, Map<string, Value>>();
  const segments = owners.get(ownerId) ?? new Map<string, Value>();
  if (segments.size === 0) tree.set(processId, teams.set(teamId, owners.set(ownerId, segments)));
  return segments;
};

/** Every place once, in a fixed order. */
export const sortedPlaces = (places: Iterable<Place>): readonly Place[] => {
  const tree: Tree<Place> = new Map();
  const found: Place[] = [];
  for (const place of places) {
    const segments = leafOf(tree, place);
    if (segments.has(place.segment)) continue;
    segments.set(place.segment, place);
    found.push(place);
  }
  return found.toSorted(compare);
};

/** The index of each place in such a list. */
export const indexOfPlaces = (places: readonly Place[]): ((place: Place) => number) => {
  const tree: Tree<number> = new Map();
  places.forEach((place, at) => leafOf(tree, place).set(place.segment, at));
  return (place) => tree.get(place.processId)?.get(place.teamId)?.get(place.ownerId)?.get(place.segment) ?? 0;
};
