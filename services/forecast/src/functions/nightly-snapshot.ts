import { lambda, live } from '@meilenstein/runtime';
import { forecastStores } from '../stores.ts';
import { nightlySnapshot } from '../snapshots/events/nightly-snapshot.ts';

export const handler = lambda(() => nightlySnapshot(forecastStores(live())));
