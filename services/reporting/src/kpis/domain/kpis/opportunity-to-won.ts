import { addMillis, type Instant } from '@meilenstein/kernel';
import { conversion, type Entry } from '../conversion.ts';
import type { ReportFact } from '../../../facts/domain/report-fact.ts';
import type { Kpi } from '../kpi.ts';

const horizonDays = 90;

/** When the opportunity was won, as known at the end of the horizon; null also for an order that was cancelled within it. */
const wonAt = ({ recordedAt, won, cancelled, orders }: Extract<ReportFact, { kind: 'opportunity' }>): Instant | null => {
  const end = addMillis(recordedAt, horizonDays * 86_400_000);
  if (orders.length === 0) return won === null || (cancelled !== null && cancelled.recordedAt < end) ? null : won.recordedAt;
  const last = orders.findLast((order) => order.recordedAt < end);
  return last?.by === 1 ? last.recordedAt : null;
};

const entryOf = (fact: Extract<ReportFact, { kind: 'opportunity' }>): Entry => ({
  recordedAt: fact.recordedAt,
  next: wonAt(fact),
  merges: [],
  sourceId: fact.sourceId,
});

export const opportunityToWon: Kpi = {
  id: 'opportunity-to-won',
  version: 2,
  title: { de: 'Verkaufschance zu Auftrag', en: 'Opportunity to order' },
  unit: 'ratio',
  formula: {
    de: `binnen ${horizonDays} Tagen nach Bekanntwerden als gewonnen bekannte und nicht stornierte ÷ bekannt gewordene Verkaufschancen derselben Kohorte, gezählt beim ersten Zuständigen`,
    en: `opportunities known as won and not cancelled within ${horizonDays} days of becoming known ÷ opportunities that became known, of the same cohort, counted for their first owner`,
  },
  basis: 'OpportunityOpened.recordedAt, OpportunityWon.recordedAt, OrderCancelled.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: conversion({
    horizonDays,
    isSplit: true,
    entriesOf: (facts, _, { from, until }) => facts.of('opportunity', from, until).map(entryOf),
  }),
};
