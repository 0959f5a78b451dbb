import { forecastOnPipelineEvent } from '@meilenstein/contracts';
import { foldEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import type { ForecastStores } from '../../stores.ts';

export const onPipelineEvent = ({ view, estimates }: Pick<ForecastStores, 'view' | 'estimates'>, consumer: EventConsumerDeps) =>
  foldEvents(
    forecastOnPipelineEvent,
    async (events) => {
      await view.fold(events.flatMap((event) => (event.name === 'RepEstimateImported' ? [] : [event])));
      await estimates.fold(events.flatMap((event) => (event.name === 'RepEstimateImported' ? [event] : [])));
    },
    consumer,
  );
