import type { WhatIf } from '../input/forecast-input.ts';
import { meanOf, type FlowForecast } from './flow-forecast.ts';
import type { Parts } from '../combination/split-mean.ts';

/** An assumption, and what the flow says under it. */
type Assumption = { readonly flow: FlowForecast; readonly whatIf: WhatIf; readonly isLost: (cell: number) => boolean };

const scaled = (part: number, was: number, is: number): number => (was > 0 ? Math.round((part * is) / was) : 0);

/**
 * The parts under an assumption: each is multiplied by what the assumption makes of its flow, so that what it does not touch stays as it
 * is. Business to come of which the flow says nothing follows the arrivals; where the flow says nothing at all, amounts and win rates are
 * not what is missing.
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
