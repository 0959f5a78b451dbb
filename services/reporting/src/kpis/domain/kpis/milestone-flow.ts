import { count, type Kpi } from '../kpi.ts';

export const milestoneFlow: Kpi = {
  id: 'milestone-flow',
  version: 3,
  title: { de: 'Meilensteinbewegung', en: 'Milestone flow' },
  unit: 'count',
  formula: {
    de: 'Erreichungen je Meilenstein, die im Zeitraum bekannt wurden − zurückgenommene, im Zeitraum der Rücknahme',
    en: 'entries per milestone that became known in the period − those withdrawn, in the period of the withdrawal',
  },
  basis: 'MilestoneReached.recordedAt, MilestoneWithdrawn.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: (facts, { from, until }) => {
    const moved = [
      ...facts.of('milestone', from, until).map((one) => ({ ...one, by: 1 })),
      ...facts.of('milestone-withdrawn', from, until).map((one) => ({ ...one, by: -1 })),
    ];
    const byMilestone = Map.groupBy(moved, (one) => `${one.processId}/${String(one.position).padStart(2, '0')} ${one.milestoneId}`);
    return [...byMilestone]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([milestone, entries]) =>
        count(
          entries.reduce((sum, { by }) => sum + by, 0),
          milestone,
        ),
      );
  },
};
