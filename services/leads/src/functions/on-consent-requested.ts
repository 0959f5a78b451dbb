import { lambda, setting } from '@meilenstein/runtime';
import { liveMailbox } from '@meilenstein/runtime/live/live-mailbox';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { onConsentRequested } from '../consent/events/on-consent-requested.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() =>
  onConsentRequested({ ...liveLeads(), mailbox: liveMailbox(), apiUrl: setting('API_URL') }, liveConsumer()),
);
