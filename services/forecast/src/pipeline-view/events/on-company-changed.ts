import { forecastOnCompanyChanged } from '@meilenstein/contracts';
import { foldEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import type { ForecastStores } from '../../stores.ts';

export const onCompanyChanged = (deps: Pick<ForecastStores, 'company'>, consumer: EventConsumerDeps) =>
  foldEvents(forecastOnCompanyChanged, deps.company.fold, consumer);
