import { lambda, live } from '@meilenstein/runtime';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { forecastStores } from '../stores.ts';
import { onCompanyChanged } from '../pipeline-view/events/on-company-changed.ts';

export const handler = lambda(() => onCompanyChanged(forecastStores(live()), liveConsumer()));
