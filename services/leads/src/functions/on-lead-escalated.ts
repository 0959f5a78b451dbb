import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { liveLeads } from '../live-leads.ts';
import { onLeadEscalated } from '../service-levels/events/on-lead-escalated.ts';

export const handler = lambda(() => onLeadEscalated(liveLeads(), liveConsumer()));
