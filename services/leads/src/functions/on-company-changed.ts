import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { onCompanyChanged } from '../lead/events/on-company-changed.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => onCompanyChanged(liveLeads(), liveConsumer()));
