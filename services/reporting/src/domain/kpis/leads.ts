import { count, type Kpi } from '../kpi.ts';

export const leads: Kpi = {
  id: 'leads',
  version: 1,
  title: { de: 'Leads', en: 'Leads' },
  unit: 'count',
  formula: { de: 'verschiedene Personen, die im Zeitraum erfasst wurden', en: 'distinct persons captured in the period' },
  basis: 'LeadCaptured.occurredAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: (facts, { from, until, node }) => [
    count(facts.of('lead', from, until).length),
    // Touchpoints and quarantined submissions belong to nobody yet.
    ...(node.level === 'company'
      ? [
          count(facts.of('touchpoint', from, until).length, 'touchpoints'),
          count(facts.of('quarantined', from, until).length, 'quarantined'),
        ]
      : []),
  ],
};
