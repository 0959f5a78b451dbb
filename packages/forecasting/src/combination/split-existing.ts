import { groupKey, opportunities, type FlowForecast, type FlowQuestion } from '../flow/flow-forecast.ts';
import { splitEstimate } from './reconcile.ts';
import type { Parts } from './split-mean.ts';

type Share = { readonly index: number; readonly mean: number };

/** Splits whole minor units over opportunities in proportion to their flow values, and adds them to what each has. */
const addTo = (expected: Float64Array, total: number, shares: readonly Share[]): void => {
  const parts = splitEstimate(
    total,
    Float64Array.from(shares, ({ mean }) => mean),
  );
  shares.forEach(({ index }, at) => {
    expected[index] = (expected[index] ?? 0) + (parts[at] ?? 0);
  });
};

/**
 * What is expected of each open opportunity, in whole minor units and in the order of the situation: the parts of an open group are split
 * over its opportunities, so that they sum to it exactly (docs/model/forecast.md 7.2).
 */
export const splitExisting = (question: FlowQuestion, { openGroups }: FlowForecast, parts: Parts): Float64Array => {
  const expected = new Float64Array(question.situation.open.length);
  const byGroup = new Map<number, { readonly ordinary: Share[]; readonly outsized: Share[] }>();
  for (const one of opportunities(question)) {
    const group = byGroup.get(groupKey(one)) ?? { ordinary: [], outsized: [] };
    byGroup.set(groupKey(one), group);
    (one.isOutsized ? group.outsized : group.ordinary).push({ index: one.index, mean: Math.max(0, one.mean) });
  }
  openGroups.forEach((group, at) => {
    const of = byGroup.get(groupKey(group));
    if (of === undefined) return;
    addTo(expected, parts.ordinary[at] ?? 0, of.ordinary);
    addTo(expected, parts.outsized[at] ?? 0, of.outsized);
  });
  return expected;
};
