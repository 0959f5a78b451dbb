import { openStateOn, type DayNumber, type OpenState, type OpportunityHistory } from './engine/history.ts';
import type { Node } from './engine/result.ts';
import { nodesOfPlace, nodeText, type TeamBelow } from './node-names.ts';

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
  const sums = new Map<string, number>();
  for (const one of open) {
    const figure = figureOf(one);
    if (figure === 0) continue;
    for (const node of nodesOf(one.place)) sums.set(nodeText(node), (sums.get(nodeText(node)) ?? 0) + figure);
  }
  return (node) => Math.round(sums.get(nodeText(node)) ?? 0);
};
