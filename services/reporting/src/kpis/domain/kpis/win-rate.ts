import { ratio, type Kpi, type Measure } from '../kpi.ts';

/** There is no rate where the cancellations or reopened losses of earlier periods outweigh what happened in this one. */
const rate = (won: number, lost: number): Measure =>
  won < 0 || lost < 0 ? { ...ratio(won, won + lost), value: null } : ratio(won, won + lost);

export const winRate: Kpi = {
  id: 'win-rate',
  version: 3,
  title: { de: 'Abschlussquote', en: 'Win rate' },
  unit: 'ratio',
  formula: {
    de: '(Aufträge − Stornos) ÷ (Aufträge − Stornos + Verluste − wieder geöffnete Verluste), jeweils im Zeitraum, in dem sie bekannt wurden; leer, wenn Stornos oder wieder geöffnete Verluste überwiegen',
    en: '(orders − cancellations) ÷ (orders − cancellations + losses − reopened losses), each in the period in which it became known; empty where cancellations outweigh orders, or reopened losses outweigh losses',
  },
  basis: 'OpportunityWon.recordedAt, OrderCancelled.recordedAt, OpportunityLost.recordedAt, OpportunityReopened.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: (facts, { from, until }) => {
    const won = facts.of('won', from, until).length - facts.of('cancelled', from, until).length;
    const lost = facts.of('lost', from, until).length - facts.of('loss-withdrawn', from, until).length;
    return [rate(won, lost)];
  },
};
