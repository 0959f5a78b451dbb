import { forecastOnTargetsSet } from '@meilenstein/contracts';
import { foldEvents, type EventDoorDeps } from '@meilenstein/runtime';
import type { ForecastStores } from '../../forecast-stores.ts';

export const onTargetsSet = (deps: Pick<ForecastStores, 'targets'>, door: EventDoorDeps) =>
  foldEvents(forecastOnTargetsSet, deps.targets.fold, door);
