import { count, leadFactsOf, type Kpi } from '../kpi.ts';

export const leads: Kpi = {
  id: 'leads',
  version: 2,
  title: { de: 'Leads', en: 'Leads' },
  unit: 'count',
  formula: {
    de: 'verschiedene Personen, die im Zeitraum bekannt wurden (Team, Verkäufer: erstmals zugeteilt) − nachträglich als bereits bekannt erkannte Personen, im Zeitraum dieser Feststellung',
    en: 'distinct persons that became known in the period (team, rep: first assigned to them) − those found to be the same person, in the period of the finding',
  },
  basis: 'LeadCaptured.recordedAt, LeadAssigned.recordedAt, LeadAbsorbed.recordedAt, LeadRestored.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: (facts, { from, until, node }) => [
    count(leadFactsOf(facts, node, from, until).length + facts.of('merge', from, until).reduce((sum, merge) => sum + merge.by, 0)),
    // Touchpoints and quarantined submissions have no owner yet.
    ...(node.level === 'company'
      ? [
          count(facts.of('touchpoint', from, until).length, 'touchpoints'),
          count(facts.of('quarantined', from, until).length, 'quarantined'),
        ]
      : []),
  ],
};
