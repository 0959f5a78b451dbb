import { count, type Kpi } from '../kpi.ts';

export const revenue: Kpi = {
  id: 'revenue',
  version: 1,
  title: { de: 'Umsatz', en: 'Revenue' },
  unit: 'money',
  formula: {
    de: 'Summe der Aufträge zum eingefrorenen Kurs nach Auftragsdatum − Stornos nach Stornodatum',
    en: 'sum of orders at their frozen rate by day of order − cancellations by day of cancellation',
  },
  basis: 'OpportunityWon.occurredAt, OrderCancelled.occurredAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'money',
  measure: (facts, { from, until }) => {
    const sum = (amounts: readonly { readonly minor: number }[]): number => amounts.reduce((all, one) => all + one.minor, 0);
    return [count(sum(facts.of('won', from, until)) - sum(facts.of('cancelled', from, until)))];
  },
};
