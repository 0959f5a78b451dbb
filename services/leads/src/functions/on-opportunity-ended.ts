import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { liveLeads } from '../live-leads.ts';
import { onOpportunityEnded } from '../scoring/events/on-opportunity-ended.ts';

export const handler = lambda(() => onOpportunityEnded(liveLeads(), liveConsumer()));
