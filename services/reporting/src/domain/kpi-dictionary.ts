import type { Kpi } from './kpi.ts';
import { attainment } from './kpis/attainment.ts';
import { leadToOpportunity } from './kpis/lead-to-opportunity.ts';
import { leads } from './kpis/leads.ts';
import { marketingVolume } from './kpis/marketing-volume.ts';
import { milestoneFlow } from './kpis/milestone-flow.ts';
import { revenue } from './kpis/revenue.ts';
import { serviceLevelCompliance } from './kpis/service-level-compliance.ts';
import { speedToLeadMedian } from './kpis/speed-to-lead-median.ts';
import { speedToLeadP90 } from './kpis/speed-to-lead-p90.ts';
import { winRate } from './kpis/win-rate.ts';

/** The dictionary, in the order of the report. A new KPI is a file and a line here. */
export const kpis: readonly Kpi[] = [
  leads,
  leadToOpportunity,
  revenue,
  winRate,
  milestoneFlow,
  attainment,
  serviceLevelCompliance,
  speedToLeadMedian,
  speedToLeadP90,
  marketingVolume,
];
