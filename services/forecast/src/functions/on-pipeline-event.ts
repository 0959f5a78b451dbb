import { lambda, live } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { forecastStores } from '../stores.ts';
import { onPipelineEvent } from '../pipeline-view/events/on-pipeline-event.ts';

export const handler = lambda(() => onPipelineEvent(forecastStores(live()), liveConsumer()));
