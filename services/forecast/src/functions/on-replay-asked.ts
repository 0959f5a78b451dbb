import { lambda, live } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { forecastStores } from '../stores.ts';
import { onReplayAsked } from '../replays/events/on-replay-asked.ts';

export const handler = lambda(() => onReplayAsked(forecastStores(live()), liveConsumer()));
