import type { Kpi } from './kpi.ts';
import { attainment } from './kpis/attainment.ts';
import { leadToMql } from './kpis/lead-to-mql.ts';
import { leadToOpportunity } from './kpis/lead-to-opportunity.ts';
import { leads } from './kpis/leads.ts';
import { marketingQualifiedLeads } from './kpis/marketing-qualified-leads.ts';
import { marketingVolume } from './kpis/marketing-volume.ts';
import { milestoneFlow } from './kpis/milestone-flow.ts';
import { mqlToSql } from './kpis/mql-to-sql.ts';
import { opportunityToWon } from './kpis/opportunity-to-won.ts';
import { revenue } from './kpis/revenue.ts';
import { salesQualifiedLeads } from './kpis/sales-qualified-leads.ts';
import { serviceLevelCompliance } from './kpis/service-level-compliance.ts';
import { speedToLeadMedian } from './kpis/speed-to-lead-median.ts';
import { speedToLeadP90 } from './kpis/speed-to-lead-p90.ts';
import { sqlToOpportunity } from './kpis/sql-to-opportunity.ts';
import { winRate } from './kpis/win-rate.ts';

/** All KPIs, in the order of the report. A new KPI is a file and a line here. */
export const kpis: readonly Kpi[] = [
  leads,
  marketingQualifiedLeads,
  salesQualifiedLeads,
  leadToMql,
  mqlToSql,
  sqlToOpportunity,
  leadToOpportunity,
  opportunityToWon,
  revenue,
  winRate,
  milestoneFlow,
  attainment,
  serviceLevelCompliance,
  speedToLeadMedian,
  speedToLeadP90,
  marketingVolume,
];
