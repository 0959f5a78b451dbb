import { lambda } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { onSubmissionReferred } from '../capture/events/on-submission-referred.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => onSubmissionReferred(liveLeads(), liveDoor()));
