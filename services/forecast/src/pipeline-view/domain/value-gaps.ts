import type { ForecastNode } from '@meilenstein/contracts';
import type { OpportunityTimeline } from './timeline.ts';
import { gapOf, teamsOf, type Gap, type CompanyAsOf } from '../../forecasts/domain/company-as-of.ts';
import { nodesOfCell, nodeText, toEngine } from '../../forecasts/domain/node-names.ts';

/** The number of open opportunities whose known amount has no value in the reporting currency, by reason and currency. */
export type ValueGap = { readonly reason: Gap; readonly currency: string; readonly opportunities: number };

/** The value gaps of every node: opportunities that its forecast values at the mean order although an amount is known. */
export const valueGapsOf = (asOf: CompanyAsOf, open: readonly OpportunityTimeline[]): ((node: ForecastNode) => readonly ValueGap[]) => {
  const nodesOf = nodesOfCell(teamsOf(asOf.company));
  const byNode = new Map<string, Map<string, ValueGap>>();
  for (const { timeline } of open) {
    const [amount, placed] = [timeline.amounts.at(-1)?.amount ?? null, timeline.assignments.at(-1)];
    const reason = gapOf(asOf, amount);
    if (amount === null || placed === undefined || reason === null) continue;
    const { repId, teamId, segment } = placed;
    for (const node of nodesOf({ processId: timeline.processId, segment: segment ?? '', teamId, ownerId: repId })) {
      const gaps = byNode.get(nodeText(node)) ?? new Map<string, ValueGap>();
      byNode.set(nodeText(node), gaps);
      const name = `${reason} ${amount.currency}`;
      gaps.set(name, { reason, currency: amount.currency, opportunities: (gaps.get(name)?.opportunities ?? 0) + 1 });
    }
  }
  return (node) => [...(byNode.get(nodeText(toEngine(node))) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, gap]) => gap);
};
