import { lambda, setting } from '@meilenstein/runtime';
import { liveMailbox } from '@meilenstein/runtime/live/live-mailbox';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { onFollowUpStepTaken } from '../follow-up/events/on-follow-up-step-taken.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() =>
  onFollowUpStepTaken({ ...liveLeads(), mailbox: liveMailbox(), apiUrl: setting('API_URL') }, liveConsumer()),
);
