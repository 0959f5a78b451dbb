import type { Kpi } from '../kpi.ts';
import { speedToLead } from '../speed-to-lead.ts';

export const speedToLeadP90: Kpi = {
  id: 'speed-to-lead-p90',
  version: 1,
  title: { de: 'Reaktionszeit, 90. Perzentil', en: 'Speed to lead, 90th percentile' },
  unit: 'minutes',
  formula: {
    de: 'Arbeitszeit bis zur ersten Antwort, die neun von zehn Leads nicht überschritten; Zähler: Leads',
    en: 'working time to the first answer that nine of ten leads did not exceed; numerator: leads',
  },
  basis: 'LeadAnswered.occurredAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: speedToLead(0.9),
};
