import type { WhatIf } from '../input/forecast-input.ts';
import { meanOf, type FlowForecast } from './flow-forecast.ts';
import type { Parts } from '../combination/split-mean.ts';

/** An assumption, and the flow under it. */
type Assumption = { readonly flow: FlowForecast; readonly whatIf: WhatIf; readonly isLost: (cell: number) => boolean };

const scaled = (part: number, was: number, is: number): number => (was > 0 ? Math.round((part * is) / was) : 0);

/**
 * The parts under an assumption. Each is multiplied by (flow under the assumption ÷ flow without it), so that parts which the assumption does
 * not touch stay the same. Future business of a cell without flow is multiplied by the arrivals, and also by amounts and win rates where the
 * flow of the whole is not 0.
 */
export const partsUnderAssumption = (asIs: FlowForecast, parts: Parts, { flow, whatIf, isLost }: Assumption): Parts => {
  const index = new Map(asIs.openGroups.map((one, at) => [`${one.cell} ${one.milestone}`, at]));
  const unseen = whatIf.arrivals * (meanOf(asIs) > 0 ? whatIf.amount * whatIf.winRate : 1);
  return {
    ordinary: Float64Array.from(flow.openGroups, ({ cell, milestone, mean }) => {
      const at = index.get(`${cell} ${milestone}`) ?? -1;
      return scaled(parts.ordinary[at] ?? 0, asIs.openGroups[at]?.mean ?? 0, mean);
    }),
    outsized: Float64Array.from(flow.openGroups, (one) => Math.round(one.outsized)),
    future: parts.future.map((part, cell) => {
      if (isLost(cell)) return 0;
      const was = asIs.future[cell]?.mean ?? 0;
      return was > 0 ? scaled(part, was, flow.future[cell]?.mean ?? 0) : Math.round(part * unseen);
    }),
  };
};
