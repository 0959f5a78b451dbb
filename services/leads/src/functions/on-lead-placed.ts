import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { liveLeads } from '../live-leads.ts';
import { onLeadPlaced } from '../service-levels/events/on-lead-placed.ts';

export const handler = lambda(() => onLeadPlaced(liveLeads(), liveConsumer()));
