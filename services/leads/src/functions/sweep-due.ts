import { lambda } from '@meilenstein/runtime';
import { liveLeads } from '../live-leads.ts';
import { sweepDue } from '../service-levels/events/sweep-due.ts';

export const handler = lambda(() => sweepDue(liveLeads()));
