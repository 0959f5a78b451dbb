import type { WhatIf } from '../input/evidence.ts';
import { meanOf, type FlowForecast } from './flow-forecast.ts';
import type { Parts } from '../combination/settle.ts';

/** An assumption, and what the flow says under it. */
type Supposed = { readonly flow: FlowForecast; readonly whatIf: WhatIf; readonly isLost: (place: number) => boolean };

const scaled = (part: number, was: number, is: number): number => (was > 0 ? Math.round((part * is) / was) : 0);

/**
 * The parts under an assumption: each is multiplied by what the assumption makes of its flow, so that what it does not touch stays as it
 * is. Business to come of which the flow says nothing follows the arrivals; where the flow says nothing at all, amounts and win rates are
 * not what is missing.
 */
export const supposedParts = (asIs: FlowForecast, parts: Parts, { flow, whatIf, isLost }: Supposed): Parts => {
  const index = new Map(asIs.standing.map((one, at) => [`${one.place} ${one.milestone}`, at]));
  const unseen = whatIf.arrivals * (meanOf(asIs) > 0 ? whatIf.amount * whatIf.winRate : 1);
  return {
    standing: Float64Array.from(flow.standing, ({ place, milestone, mean }) => {
      const at = index.get(`${place} ${milestone}`) ?? -1;
      return scaled(parts.standing[at] ?? 0, asIs.standing[at]?.mean ?? 0, mean);
    }),
    outsized: Float64Array.from(flow.standing, (one) => Math.round(one.outsized)),
    future: parts.future.map((part, place) => {
      if (isLost(place)) return 0;
      const was = asIs.future[place]?.mean ?? 0;
      return was > 0 ? scaled(part, was, flow.future[place]?.mean ?? 0) : Math.round(part * unseen);
    }),
  };
};
