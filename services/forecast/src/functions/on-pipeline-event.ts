import { lambda, live } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { forecastStores } from '../forecast-stores.ts';
import { onPipelineEvent } from '../pipeline-view/events/on-pipeline-event.ts';

export const handler = lambda(() => onPipelineEvent(forecastStores(live()), liveDoor()));
