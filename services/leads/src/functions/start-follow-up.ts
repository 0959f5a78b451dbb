import { lambda } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { startFollowUps } from '../follow-up/events/start-follow-up.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => startFollowUps(liveLeads(), liveDoor()));
