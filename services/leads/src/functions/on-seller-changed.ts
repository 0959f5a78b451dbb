import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { onSellerChanged } from '../assignment/events/on-seller-changed.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => onSellerChanged(liveLeads(), liveConsumer()));
