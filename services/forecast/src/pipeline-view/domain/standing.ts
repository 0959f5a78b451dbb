import { openStateOn, type DayNumber, type OpenState, type OpportunityHistory, type Place } from '@meilenstein/forecasting/input/history';
import type { Node } from '@meilenstein/forecasting/input/node';
import { nodesOfPlace, nodeText, type TeamBelow } from '../../forecasts/domain/node-names.ts';

/** An open opportunity as it stood at the end of a day. */
export type Standing = OpenState & { readonly id: string };

/** What was open at the end of a day, from what was recorded by then. */
export const standingOn = (histories: readonly OpportunityHistory[], on: DayNumber): readonly Standing[] =>
  histories.flatMap((history) => {
    const state = openStateOn(history, on);
    return state === undefined ? [] : [{ ...state, id: history.id }];
  });

/** Sums of a figure over what is open, in whole minor units, for every node. */
export const summedByNode = (
  open: readonly Standing[],
  teams: readonly TeamBelow[],
  figureOf: (one: Standing) => number,
): ((node: Node) => number) => {
  const nodesOf = nodesOfPlace(teams);
  // far fewer places than opportunities
  const ofPlaces = new Map<string, { readonly place: Place; sum: number }>();
  for (const one of open) {
    const { processId, segment, teamId, ownerId } = one.place;
    const text = `${processId}\n${segment}\n${teamId}\n${ownerId}`;
    const known = ofPlaces.get(text);
    if (known === undefined) ofPlaces.set(text, { place: one.place, sum: figureOf(one) });
    else known.sum += figureOf(one);
  }
  const sums = new Map<string, number>();
  for (const { place, sum } of ofPlaces.values())
    for (const node of nodesOf(place)) sums.set(nodeText(node), (sums.get(nodeText(node)) ?? 0) + sum);
  return (node) => Math.round(sums.get(nodeText(node)) ?? 0);
};
