import { companyEvents } from '@meilenstein/contracts';
import { foldEvents, lambda, live, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { forecastStores, type ForecastStores } from '../../forecast-stores.ts';

export const onCompanyChanged = (deps: Pick<ForecastStores, 'company'>, door: EventDoorDeps) =>
  foldEvents(companyEvents, deps.company.fold, door);
export const handler = lambda(() => onCompanyChanged(forecastStores(live()), liveDoor()));
