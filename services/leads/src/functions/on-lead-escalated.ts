import { lambda } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { liveLeads } from '../live-leads.ts';
import { onLeadEscalated } from '../service-levels/events/on-lead-escalated.ts';

export const handler = lambda(() => onLeadEscalated(liveLeads(), liveDoor()));
