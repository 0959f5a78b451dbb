import { forecastOnTargetsSet } from '@meilenstein/contracts';
import { foldEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import type { ForecastStores } from '../../stores.ts';

export const onTargetsSet = (deps: Pick<ForecastStores, 'targets'>, consumer: EventConsumerDeps) =>
  foldEvents(forecastOnTargetsSet, deps.targets.fold, consumer);
