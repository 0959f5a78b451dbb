import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { liveLeads } from '../live-leads.ts';
import { onLeadTouched } from '../qualification/events/on-lead-touched.ts';

export const handler = lambda(() => onLeadTouched(liveLeads(), liveConsumer()));
