import type { Kpi } from '../kpi.ts';
import { speedToLead } from '../speed-to-lead.ts';

export const speedToLeadMedian: Kpi = {
  id: 'speed-to-lead-median',
  version: 1,
  title: { de: 'Reaktionszeit, Median', en: 'Speed to lead, median' },
  unit: 'minutes',
  formula: {
    de: 'Median der Arbeitszeit bis zur ersten Antwort eines Menschen, ohne Warten auf den Kunden; Zähler: Leads',
    en: 'median working time to the first answer by a person, without waiting for the customer; numerator: leads',
  },
  basis: 'LeadAnswered.occurredAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: speedToLead(0.5),
};
