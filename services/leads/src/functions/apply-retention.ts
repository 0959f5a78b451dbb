import { lambda } from '@meilenstein/runtime';
import { applyRetention } from '../erasure/events/apply-retention.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => applyRetention(liveLeads()));
