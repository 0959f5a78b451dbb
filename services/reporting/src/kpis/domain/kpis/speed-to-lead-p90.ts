import type { Kpi } from '../kpi.ts';
import { speedToLead } from '../speed-to-lead.ts';

export const speedToLeadP90: Kpi = {
  id: 'speed-to-lead-p90',
  version: 2,
  title: { de: 'Reaktionszeit, 90. Perzentil', en: 'Speed to lead, 90th percentile' },
  unit: 'minutes',
  formula: {
    de: 'Arbeitszeit bis zur ersten Antwort, die neun von zehn Leads nicht überschritten; Leads, deren Antwort im Zeitraum bekannt wurde; Zähler: Leads',
    en: 'working time to the first answer that nine of ten leads did not exceed; leads whose answer became known in the period; numerator: leads',
  },
  basis: 'LeadAnswered.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: speedToLead(0.9),
};
