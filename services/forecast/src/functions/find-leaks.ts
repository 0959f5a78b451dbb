import { lambda, live } from '@meilenstein/runtime';
import { forecastStores } from '../stores.ts';
import { findLeaksNightly } from '../leaks/events/find-leaks.ts';

export const handler = lambda(() => findLeaksNightly(forecastStores(live())));
