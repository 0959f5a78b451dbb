import { lambda, live } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { forecastStores } from '../stores.ts';
import { onReplayRequested } from '../replays/events/on-replay-requested.ts';

export const handler = lambda(() => onReplayRequested(forecastStores(live()), liveConsumer()));
