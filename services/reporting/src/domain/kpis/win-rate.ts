import { ratio, type Kpi } from '../kpi.ts';

export const winRate: Kpi = {
  id: 'win-rate',
  version: 1,
  title: { de: 'Abschlussquote', en: 'Win rate' },
  unit: 'ratio',
  formula: { de: 'gewonnene ÷ (gewonnene + verlorene), im Zeitraum abgeschlossen', en: 'won ÷ (won + lost), closed in the period' },
  basis: 'OpportunityWon.occurredAt, OpportunityLost.occurredAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: (facts, { from, until }) => {
    const won = facts.of('won', from, until).length;
    return [ratio(won, won + facts.of('lost', from, until).length)];
  },
};
