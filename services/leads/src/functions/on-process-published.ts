import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { onProcessPublished } from '../lead/events/on-process-published.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => onProcessPublished(liveLeads(), liveConsumer()));
