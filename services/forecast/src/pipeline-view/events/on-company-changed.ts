import { forecastOnCompanyChanged } from '@meilenstein/contracts';
import { foldEvents, type EventDoorDeps } from '@meilenstein/runtime';
import type { ForecastStores } from '../../forecast-stores.ts';

export const onCompanyChanged = (deps: Pick<ForecastStores, 'company'>, door: EventDoorDeps) =>
  foldEvents(forecastOnCompanyChanged, deps.company.fold, door);
