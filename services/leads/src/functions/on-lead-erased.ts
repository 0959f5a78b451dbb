import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { onLeadErased } from '../erasure/events/on-lead-erased.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => onLeadErased(liveLeads(), liveConsumer()));
