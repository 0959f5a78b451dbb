import { lambda } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { liveLeads } from '../live-leads.ts';
import { startServiceLevels } from '../service-levels/events/start-service-level.ts';

export const handler = lambda(() => startServiceLevels(liveLeads(), liveConsumer()));
