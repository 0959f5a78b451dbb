import { lambda, live } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { forecastStores } from '../forecast-stores.ts';
import { onReplayAsked } from '../replays/events/on-replay-asked.ts';

export const handler = lambda(() => onReplayAsked(forecastStores(live()), liveDoor()));
