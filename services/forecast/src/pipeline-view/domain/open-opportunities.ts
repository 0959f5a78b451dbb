import { openStateOn, type DayNumber, type OpenState, type OpportunityHistory, type Cell } from '@meilenstein/forecasting/input/history';
import type { Node } from '@meilenstein/forecasting/input/node';
import { nodesOfCell, nodeText, type TeamBelow } from '../../forecasts/domain/node-names.ts';

/** An open opportunity as it was at the end of a day. */
export type OpenOpportunity = OpenState & { readonly id: string };

/** The opportunities that were open at the end of a day, from what was recorded by then. */
export const openOpportunitiesOn = (histories: readonly OpportunityHistory[], on: DayNumber): readonly OpenOpportunity[] =>
  histories.flatMap((history) => {
    const state = openStateOn(history, on);
    return state === undefined ? [] : [{ ...state, id: history.id }];
  });

/** Sums a figure of open opportunities for every node, in whole minor units. */
export const summedByNode = (
  open: readonly OpenOpportunity[],
  teams: readonly TeamBelow[],
  figureOf: (one: OpenOpportunity) => number,
): ((node: Node) => number) => {
  const nodesOf = nodesOfCell(teams);
  // far fewer cells than opportunities
  const ofCells = new Map<string, { readonly cell: Cell; sum: number }>();
  for (const one of open) {
    const { processId, segment, teamId, ownerId } = one.cell;
    const text = `${processId}\n${segment}\n${teamId}\n${ownerId}`;
    const known = ofCells.get(text);
    if (known === undefined) ofCells.set(text, { cell: one.cell, sum: figureOf(one) });
    else known.sum += figureOf(one);
  }
  const sums = new Map<string, number>();
  for (const { cell, sum } of ofCells.values())
    for (const node of nodesOf(cell)) sums.set(nodeText(node), (sums.get(nodeText(node)) ?? 0) + sum);
  return (node) => Math.round(sums.get(nodeText(node)) ?? 0);
};
