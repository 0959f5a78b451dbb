import { lambda } from '@meilenstein/runtime';
import { watchSellers } from '../assignment/events/watch-sellers.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => watchSellers(liveLeads()));
