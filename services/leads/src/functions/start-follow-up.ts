import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { startFollowUps } from '../follow-up/events/start-follow-up.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => startFollowUps(liveLeads(), liveConsumer()));
