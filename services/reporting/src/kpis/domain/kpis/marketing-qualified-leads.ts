import type { Kpi } from '../kpi.ts';
import { qualifiedLeads } from '../qualified-leads.ts';

export const marketingQualifiedLeads: Kpi = {
  id: 'marketing-qualified-leads',
  version: 1,
  title: { de: 'Von Marketing qualifizierte Leads (MQL)', en: 'Marketing-qualified leads (MQL)' },
  unit: 'count',
  formula: {
    de: 'Personen, die im Zeitraum erstmals als MQL bekannt wurden (Team, Verkäufer: beim damaligen, sonst beim ersten Zuständigen) − nachträglich als bereits bekannt erkannte Personen, im Zeitraum dieser Feststellung',
    en: 'persons that became known as MQL for the first time in the period (team, rep: counted for the owner at that time, or else the first owner) − those found to be the same person, in the period of the finding',
  },
  basis: 'LeadQualified.recordedAt, LeadAssigned.recordedAt, LeadAbsorbed.recordedAt, LeadRestored.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: qualifiedLeads('mql'),
};
