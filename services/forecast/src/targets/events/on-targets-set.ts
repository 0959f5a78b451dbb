import { targetsSet } from '@meilenstein/contracts';
import { foldEvents, lambda, live, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { forecastStores, type ForecastStores } from '../../forecast-stores.ts';

export const onTargetsSet = (deps: Pick<ForecastStores, 'targets'>, door: EventDoorDeps) =>
  foldEvents([targetsSet], deps.targets.fold, door);
export const handler = lambda(() => onTargetsSet(forecastStores(live()), liveDoor()));
