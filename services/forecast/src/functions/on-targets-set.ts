import { lambda, live } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { forecastStores } from '../forecast-stores.ts';
import { onTargetsSet } from '../targets/events/on-targets-set.ts';

export const handler = lambda(() => onTargetsSet(forecastStores(live()), liveDoor()));
