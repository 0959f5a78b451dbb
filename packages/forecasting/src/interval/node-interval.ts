import type { Open } from './hurdle-gamma.ts';
import type { Rest } from './coherent-interval.ts';
import type { FlowForecast } from '../flow/flow-forecast.ts';
import type { Moments } from '../amounts/open-opportunity.ts';
import { largestIn } from '../amounts/largest.ts';
import type { remainingShare } from '../combination/split-mean.ts';

/** A node's ordinary business, and how the combined mean is shared. */
export type Ordinary = {
  readonly flow: FlowForecast;
  readonly factors: Float64Array;
  readonly cells: readonly number[];
  /** the share of the node's figure that would remain if less were open */
  readonly shareOf: ReturnType<typeof remainingShare>;
  readonly spread: { readonly excess: number; readonly width: number };
};

/** The moments of the flow, and its mean weighted by the cells' factors. */
type Flow = Readonly<Moments> & { readonly weighted: number };

const nothing: Flow = { mean: 0, variance: 0, intensity: 0, weighted: 0 };

const together = (a: Flow, b: Flow, sign: 1 | -1 = 1): Flow => ({
  mean: Math.max(0, a.mean + sign * b.mean),
  variance: Math.max(0, a.variance + sign * b.variance),
  intensity: Math.max(0, a.intensity + sign * b.intensity),
  weighted: Math.max(0, a.weighted + sign * b.weighted),
});

/** The remaining sum, with the variance of the flow and of earlier forecast errors at the node's level. */
const openOf = (flow: Readonly<Moments>, remaining: number, { excess, width }: Ordinary['spread']): Open => {
  const factor = flow.mean > 0 ? remaining / flow.mean : 1;
  const variance = flow.variance * factor ** 2;
  const intensity = flow.intensity * Math.max(factor, 0);
  return { mean: remaining, variance: width ** 2 * (variance + excess * remaining ** 2), intensity: intensity > 0 ? intensity : 1 };
};

/** All runs of neighbours by value among the most valuable opportunities, each as one sum. */
const neighbours = (top: readonly Flow[]): readonly Flow[] =>
  top.flatMap((_, from) => {
    let sum = nothing;
    return top.slice(from).map((one) => {
      sum = together(sum, one);
      return sum;
    });
  });

/** The ordinary business of a node as a whole, and as parts: without its most valuable opportunities, or with only some of these. */
export const restOf = (all: Readonly<Moments>, remaining: number, ordinary: Ordinary): Rest => {
  const { flow, factors, cells, shareOf, spread } = ordinary;
  const { top, count } = largestIn(flow.largest, cells);
  const own = (one: Readonly<Moments>, cell: number): Flow => ({ ...one, weighted: one.mean * (factors[cell] ?? 1) });
  const existing = cells.reduce((sum, cell) => together(sum, own(flow.existing[cell] ?? nothing, cell)), nothing);
  const future = cells.reduce((sum, cell) => together(sum, own(flow.future[cell] ?? nothing, cell)), nothing);
  const share = shareOf(cells);
  const part = (kept: Flow): Open => {
    const gone = together(existing, kept, -1);
    return openOf(together(kept, future), remaining * share({ flow: gone.mean, weighted: gone.weighted }), spread);
  };
  const dearest = top.map((one) => own(one, one.cell));
  const isAll = count <= top.length;
  const alone = isAll ? neighbours(dearest) : neighbours(dearest).slice(0, dearest.length);
  let left = existing;
  const without = isAll ? [nothing] : dearest.map((one) => (left = together(left, one, -1)));
  return { whole: openOf(all, remaining, spread), less: [...alone, ...without].map(part) };
};
