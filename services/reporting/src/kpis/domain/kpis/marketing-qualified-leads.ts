import type { Kpi } from '../kpi.ts';
import { qualifiedLeads } from '../qualified-leads.ts';

export const marketingQualifiedLeads: Kpi = {
  id: 'marketing-qualified-leads',
  version: 1,
  title: { de: 'Von Marketing qualifizierte Leads (MQL)', en: 'Marketing-qualified leads (MQL)' },
  unit: 'count',
  formula: {
    de: 'Personen, von denen im Zeitraum bekannt wurde, dass sie erstmals MQL sind (Team, Verkäufer: dessen, der den Lead hatte oder zuerst bekam) − als dieselbe Person erkannte, im Zeitraum der Erkenntnis',
    en: 'persons that became known as MQL for the first time in the period (team, rep: of whoever had the lead or got it first) − those found to be the same person, in the period of the finding',
  },
  basis: 'LeadQualified.recordedAt, LeadAssigned.recordedAt, LeadAbsorbed.recordedAt, LeadRestored.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: qualifiedLeads('mql'),
};
