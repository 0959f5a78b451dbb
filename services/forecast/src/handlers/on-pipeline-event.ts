import { pipelineEvents } from '@meilenstein/contracts';
import { foldEvents, lambda, live, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { forecastStores, type ForecastStores } from '../store/forecast-stores.ts';

export const onPipelineEvent = (deps: Pick<ForecastStores, 'view'>, door: EventDoorDeps) =>
  foldEvents(pipelineEvents, deps.view.fold, door);
export const handler = lambda(() => onPipelineEvent(forecastStores(live()), liveDoor()));
