import { forecastedEvents } from '@meilenstein/contracts';
import { foldEvents, lambda, live, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { forecastStores, type ForecastStores } from '../../forecast-stores.ts';

export const onPipelineEvent = ({ view, estimates }: Pick<ForecastStores, 'view' | 'estimates'>, door: EventDoorDeps) =>
  foldEvents(
    forecastedEvents,
    async (events) => {
      await view.fold(events.flatMap((event) => (event.name === 'RepEstimateImported' ? [] : [event])));
      await estimates.fold(events.flatMap((event) => (event.name === 'RepEstimateImported' ? [event] : [])));
    },
    door,
  );
export const handler = lambda(() => onPipelineEvent(forecastStores(live()), liveDoor()));
