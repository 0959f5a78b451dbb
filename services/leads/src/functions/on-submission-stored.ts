import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { onSubmissionStored } from '../capture/events/on-submission-stored.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => onSubmissionStored(liveLeads(), liveConsumer()));
