import { lambda, live } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { forecastStores } from '../stores.ts';
import { onTargetsSet } from '../targets/events/on-targets-set.ts';

export const handler = lambda(() => onTargetsSet(forecastStores(live()), liveConsumer()));
