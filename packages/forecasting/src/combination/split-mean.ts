import type { Combined } from './combine-experts.ts';
import { meanOf, type FlowForecast } from '../flow/flow-forecast.ts';
import { blendShares, recentWeight, splitEstimate } from './reconcile.ts';

/** The flow's mean of each cell, without outsized opportunities. */
const flowByCell = (flow: FlowForecast): Float64Array =>
  Float64Array.from(flow.existing, (existing, cell) => existing.mean + (flow.future[cell]?.mean ?? 0));

/** The parts of the whole in minor units: the ordinary and the outsized opportunities of each open group, and the future business of each cell. */
export type Parts = { readonly ordinary: Float64Array; readonly outsized: Float64Array; readonly future: Float64Array };

/** What the split depends on: the combined mean, the flow, recently won amounts, and the factor of each cell. */
export type Shared = {
  readonly combined: Combined;
  readonly flow: FlowForecast;
  readonly recent: Float64Array;
  readonly factors: Float64Array;
};

/**
 * Splits the combined mean into whole minor units for each open group and for each cell's future business, so that all levels add up. An
 * outsized opportunity keeps exactly its flow value and takes nothing from the others (docs/model/forecast.md 7.2).
 */
export const splitMean = ({ combined, flow, recent, factors }: Shared): Parts => {
  const ofCell = flowByCell(flow);
  const mean = Math.round(combined.mean(meanOf(flow)));
  const shares = blendShares(
    ofCell.map((one, cell) => one * (factors[cell] ?? 1)),
    recent,
  );
  const scale = shares.map((share, cell) => ((ofCell[cell] ?? 0) > 0 ? share / (ofCell[cell] ?? 1) : 0));
  const ordinary = flow.openGroups.map((one) => one.mean * (scale[one.cell] ?? 0));
  const future = flow.future.map((one, cell) => ((ofCell[cell] ?? 0) > 0 ? one.mean * (scale[cell] ?? 0) : (shares[cell] ?? 0)));
  const parts = splitEstimate(mean, Float64Array.from([...ordinary, ...future]));
  return {
    ordinary: parts.subarray(0, ordinary.length),
    outsized: Float64Array.from(flow.openGroups, (one) => Math.round(one.outsized)),
    future: parts.subarray(ordinary.length),
  };
};

/** The flow of a node or of the whole: unweighted, and weighted by each cell's factor. */
export type FlowWeight = { readonly flow: number; readonly weighted: number };

/** The share of a node's figure that would remain if less were open, by the same combination and the same shares. */
export const remainingShare = ({ combined, flow, recent, factors }: Shared) => {
  const ofCell = flowByCell(flow);
  const weigh = (cells: Iterable<number>): FlowWeight & { readonly recent: number } => {
    let [own, weighted, won] = [0, 0, 0];
    for (const cell of cells) {
      own += ofCell[cell] ?? 0;
      weighted += (ofCell[cell] ?? 0) * (factors[cell] ?? 1);
      won += recent[cell] ?? 0;
    }
    return { flow: own, weighted, recent: won };
  };
  const whole = weigh(ofCell.keys());
  // sums of doubles leave rounding errors
  const less = (value: number, by: number): number => (value - by > 1e-9 * value ? value - by : 0);
  const remaining = (node: ReturnType<typeof weigh>, without: FlowWeight): number => {
    const [all, own] = [less(whole.weighted, without.weighted), less(node.weighted, without.weighted)];
    const ofFlow = all > 0 ? own / all : 0;
    const ofRecent = whole.recent > 0 ? node.recent / whole.recent : 0;
    const share = whole.recent <= 0 ? ofFlow : all <= 0 ? ofRecent : (1 - recentWeight) * ofFlow + recentWeight * ofRecent;
    return combined.mean(less(whole.flow, without.flow)) * share;
  };
  return (cells: readonly number[]) => {
    const node = weigh(cells);
    const now = remaining(node, { flow: 0, weighted: 0 });
    return (without: FlowWeight): number => (now > 0 ? remaining(node, without) / now : 1);
  };
};
