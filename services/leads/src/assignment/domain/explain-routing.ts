import type { RoutingExplanation } from '@meilenstein/contracts';
import type { Place, RoutedRecord } from '../../lead/domain/lead-place.ts';
import { passedOverOf } from './passed-over.ts';
import { placeInWords, type Telling } from './place-in-words.ts';
import { concerns, placeForOwner, type Reading } from './place-for-owner.ts';

/** Why a lead is where it is, with everybody who was asked: for those who lead people. */
export const explainRouting = (place: Place, routing: RoutedRecord | null, telling: Telling): RoutingExplanation => {
  const sentences = [...placeInWords(place, routing, telling)];
  if (routing === null) return { decision: null, sentences };
  const { rules: _rules, rotation: _rotation, excluded, ...decision } = routing;
  return { decision: { ...decision, excluded: [...excluded], passedOver: passedOverOf(routing) }, sentences };
};

/**
 * The same for a rep: why the own lead came, or one that may be picked waits, and of colleagues only how many. What chose somebody
 * else is about that one.
 */
export const explainRoutingTo = (reading: Reading, place: Place, routing: RoutedRecord | null): RoutingExplanation => {
  const { owner } = place;
  if (owner !== null && owner.repId !== reading.reader) return { decision: null, sentences: ['It is with a colleague.'] };
  const sentences = [...placeForOwner(place, routing, reading)];
  if (routing === null || !concerns(routing, place)) return { decision: null, sentences };
  const { at, version, ruleId, territoryId, to, eligible } = routing;
  return { decision: { at, version, ruleId, territoryId, to, eligible, passedOver: passedOverOf(routing) }, sentences };
};
