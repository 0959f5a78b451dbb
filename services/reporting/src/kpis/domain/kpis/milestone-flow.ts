import { count, type Kpi } from '../kpi.ts';

export const milestoneFlow: Kpi = {
  id: 'milestone-flow',
  version: 2,
  title: { de: 'Meilensteinbewegung', en: 'Milestone flow' },
  unit: 'count',
  formula: {
    de: 'erste Erreichungen je Meilenstein, die im Zeitraum bekannt wurden',
    en: 'first entries per milestone that became known in the period',
  },
  basis: 'MilestoneReached.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: (facts, { from, until }) => {
    const reached = facts.of('milestone', from, until);
    const byMilestone = Map.groupBy(reached, (one) => `${one.processId}/${String(one.position).padStart(2, '0')} ${one.milestoneId}`);
    return [...byMilestone].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([milestone, entries]) => count(entries.length, milestone));
  },
};
