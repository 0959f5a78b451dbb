import type { ForecastNode, WindowKind } from '@meilenstein/contracts';
import { isInNode } from '@meilenstein/forecasting/input/nodes';
import type { ExpectedOpportunity } from '@meilenstein/forecasting/result';
import type { NodeForecasts } from './forecast-nodes.ts';
import { toEngine } from './node-names.ts';

/** A part of the existing business of a node: everything, or what is at a milestone; `none`: no milestone yet. */
export type PartOfForecast = {
  readonly node: ForecastNode;
  readonly window: WindowKind;
  readonly process?: string | undefined;
  readonly milestone?: string | undefined;
};

/** The open opportunities that a part of a forecast consists of. */
export const expectedOpportunities = (
  forecasts: NodeForecasts,
  { node, window, process, milestone }: PartOfForecast,
): readonly ExpectedOpportunity[] => {
  const inNode = isInNode(toEngine(node), forecasts.request.teams);
  return forecasts
    .expectedOf(window)
    .filter(({ cell }) => inNode(cell))
    .filter(({ cell }) => process === undefined || cell.processId === process)
    .filter((one) => milestone === undefined || (one.milestone === '' ? 'none' : one.milestone) === milestone);
};

/** How many opportunities there are, and what is expected of them together, in minor units. */
export const totalExpected = (of: readonly ExpectedOpportunity[]) => ({
  opportunities: of.length,
  expected: of.reduce((sum, { expected }) => sum + expected, 0),
});
