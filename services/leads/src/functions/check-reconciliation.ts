import { lambda } from '@meilenstein/runtime';
import { checkReconciliation } from '../capture/events/check-reconciliation.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => checkReconciliation(liveLeads()));
