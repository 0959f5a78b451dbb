import { forecastOnPipelineEvent } from '@meilenstein/contracts';
import { foldEvents, type EventDoorDeps } from '@meilenstein/runtime';
import type { ForecastStores } from '../../forecast-stores.ts';

export const onPipelineEvent = ({ view, estimates }: Pick<ForecastStores, 'view' | 'estimates'>, door: EventDoorDeps) =>
  foldEvents(
    forecastOnPipelineEvent,
    async (events) => {
      await view.fold(events.flatMap((event) => (event.name === 'RepEstimateImported' ? [] : [event])));
      await estimates.fold(events.flatMap((event) => (event.name === 'RepEstimateImported' ? [event] : [])));
    },
    door,
  );
