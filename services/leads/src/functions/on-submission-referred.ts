import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { onSubmissionReferred } from '../capture/events/on-submission-referred.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => onSubmissionReferred(liveLeads(), liveConsumer()));
