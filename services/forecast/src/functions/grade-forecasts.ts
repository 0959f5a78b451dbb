import { lambda, live } from '@meilenstein/runtime';
import { forecastStores } from '../stores.ts';
import { gradeForecasts } from '../grades/events/grade-forecasts.ts';

export const handler = lambda(() => gradeForecasts(forecastStores(live())));
