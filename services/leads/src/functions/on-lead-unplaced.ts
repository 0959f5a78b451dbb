import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { onLeadUnplaced } from '../assignment/events/on-lead-unplaced.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => onLeadUnplaced(liveLeads(), liveConsumer()));
