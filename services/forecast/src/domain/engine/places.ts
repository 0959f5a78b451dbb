import type { Place } from './history.ts';

const keyOf = (place: Place): string => [place.processId, place.teamId, place.ownerId, place.segment].join('\n');

/** Every place once, in a fixed order. */
export const sortedPlaces = (places: readonly Place[]): readonly Place[] =>
  [...new Map(places.map((place) => [keyOf(place), place]))].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);

/** The index of each place in such a list. */
export const indexOfPlaces = (places: readonly Place[]): ((place: Place) => number) => {
  const index = new Map(places.map((place, at) => [keyOf(place), at]));
  return (place) => index.get(keyOf(place)) ?? 0;
};
