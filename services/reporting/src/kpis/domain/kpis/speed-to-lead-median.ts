import type { Kpi } from '../kpi.ts';
import { speedToLead } from '../speed-to-lead.ts';

export const speedToLeadMedian: Kpi = {
  id: 'speed-to-lead-median',
  version: 2,
  title: { de: 'Reaktionszeit, Median', en: 'Speed to lead, median' },
  unit: 'minutes',
  formula: {
    de: 'Median der Arbeitszeit bis zur ersten Antwort eines Menschen, ohne Warten auf den Kunden; Leads, deren Antwort im Zeitraum bekannt wurde; Zähler: Leads',
    en: 'median working time to the first answer by a person, without waiting for the customer; leads whose answer became known in the period; numerator: leads',
  },
  basis: 'LeadAnswered.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: speedToLead(0.5),
};
