import type { Combined } from './combine-experts.ts';
import { meanOf, type FlowForecast } from '../flow/flow-forecast.ts';
import { blendShares, recentWeight, splitEstimate } from './reconcile.ts';

/** What the flow says of each place, without outsized opportunities. */
const flowByPlace = (flow: FlowForecast): Float64Array =>
  Float64Array.from(flow.existing, (existing, place) => existing.mean + (flow.future[place]?.mean ?? 0));

/** The whole's parts in whole minor units: each standing's ordinary and outsized opportunities, each place's future. */
export type Parts = { readonly standing: Float64Array; readonly outsized: Float64Array; readonly future: Float64Array };

/** What is shared out: the flow, what was won lately, and how much more than the flow says a place brings. */
export type Shared = {
  readonly combined: Combined;
  readonly flow: FlowForecast;
  readonly recent: Float64Array;
  readonly factors: Float64Array;
};

/**
 * Whole minor units for each standing and each place's future, so that every sum of them adds up. An outsized opportunity brings what the
 * flow says of it, no more and no less, and takes nothing from the others.
 */
export const settle = ({ combined, flow, recent, factors }: Shared): Parts => {
  const ofPlace = flowByPlace(flow);
  const mean = Math.round(combined.mean(meanOf(flow)));
  const shares = blendShares(
    ofPlace.map((one, place) => one * (factors[place] ?? 1)),
    recent,
  );
  const scale = shares.map((share, place) => ((ofPlace[place] ?? 0) > 0 ? share / (ofPlace[place] ?? 1) : 0));
  const standing = flow.standing.map((one) => one.mean * (scale[one.place] ?? 0));
  const future = flow.future.map((one, place) => ((ofPlace[place] ?? 0) > 0 ? one.mean * (scale[place] ?? 0) : (shares[place] ?? 0)));
  const parts = splitEstimate(mean, Float64Array.from([...standing, ...future]));
  return {
    standing: parts.subarray(0, standing.length),
    outsized: Float64Array.from(flow.standing, (one) => Math.round(one.outsized)),
    future: parts.subarray(standing.length),
  };
};

/** The flow of a node or of the whole: as it is, and weighted by how much more each place brings. */
export type Weighed = { readonly flow: number; readonly weighted: number };

/** What a node would have left if less were open, as a share of what it has: the same combination and the same shares. */
export const remainingShare = ({ combined, flow, recent, factors }: Shared) => {
  const ofPlace = flowByPlace(flow);
  const weigh = (places: Iterable<number>): Weighed & { readonly recent: number } => {
    let [own, weighted, won] = [0, 0, 0];
    for (const place of places) {
      own += ofPlace[place] ?? 0;
      weighted += (ofPlace[place] ?? 0) * (factors[place] ?? 1);
      won += recent[place] ?? 0;
    }
    return { flow: own, weighted, recent: won };
  };
  const whole = weigh(ofPlace.keys());
  // sums of doubles leave crumbs
  const less = (value: number, by: number): number => (value - by > 1e-9 * value ? value - by : 0);
  const remaining = (node: ReturnType<typeof weigh>, without: Weighed): number => {
    const [all, own] = [less(whole.weighted, without.weighted), less(node.weighted, without.weighted)];
    const ofFlow = all > 0 ? own / all : 0;
    const ofRecent = whole.recent > 0 ? node.recent / whole.recent : 0;
    const share = whole.recent <= 0 ? ofFlow : all <= 0 ? ofRecent : (1 - recentWeight) * ofFlow + recentWeight * ofRecent;
    return combined.mean(less(whole.flow, without.flow)) * share;
  };
  return (places: readonly number[]) => {
    const node = weigh(places);
    const now = remaining(node, { flow: 0, weighted: 0 });
    return (without: Weighed): number => (now > 0 ? remaining(node, without) / now : 1);
  };
};
