import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { reviewAssignments } from '../assignment/events/review-assignment.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => reviewAssignments(liveLeads(), liveConsumer()));
