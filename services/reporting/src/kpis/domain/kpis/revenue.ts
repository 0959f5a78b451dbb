import { count, type Kpi } from '../kpi.ts';

export const revenue: Kpi = {
  id: 'revenue',
  version: 3,
  title: { de: 'Umsatz', en: 'Revenue' },
  unit: 'money',
  formula: {
    de: 'Summe der Aufträge zum eingefrorenen Kurs − Stornos ± Berichtigungen, jeweils im Zeitraum, in dem sie bekannt wurden',
    en: 'sum of orders at their frozen rate − cancellations ± corrections, each in the period in which it became known',
  },
  basis: 'OpportunityWon.recordedAt, OrderCancelled.recordedAt, OrderPartiallyCancelled.recordedAt, OrderCorrected.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'money',
  measure: (facts, { from, until }) => {
    const sum = (amounts: readonly { readonly minor: number }[]): number => amounts.reduce((all, one) => all + one.minor, 0);
    return [count(sum(facts.of('won', from, until)) - sum(facts.of('cancelled', from, until)) + sum(facts.of('corrected', from, until)))];
  },
};
