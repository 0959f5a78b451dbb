import { ratio, type Kpi, type Measure } from '../kpi.ts';

/** There is no rate where cancellations of earlier orders outweigh the orders of the period. */
const rate = (won: number, lost: number): Measure => (won < 0 ? { ...ratio(won, won + lost), value: null } : ratio(won, won + lost));

export const winRate: Kpi = {
  id: 'win-rate',
  version: 2,
  title: { de: 'Abschlussquote', en: 'Win rate' },
  unit: 'ratio',
  formula: {
    de: '(Aufträge − Stornos) ÷ (Aufträge − Stornos + Verluste), jeweils im Zeitraum, in dem sie bekannt wurden; leer, wenn die Stornos überwiegen',
    en: '(orders − cancellations) ÷ (orders − cancellations + losses), each in the period in which it became known; empty where cancellations outweigh orders',
  },
  basis: 'OpportunityWon.recordedAt, OrderCancelled.recordedAt, OpportunityLost.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: (facts, { from, until }) => {
    const won = facts.of('won', from, until).length - facts.of('cancelled', from, until).length;
    return [rate(won, facts.of('lost', from, until).length)];
  },
};
