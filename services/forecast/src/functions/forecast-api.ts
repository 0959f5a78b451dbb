import { lambda, live } from '@meilenstein/runtime';
import { forecastStores } from '../stores.ts';
import { forecastHttp } from '../forecasts/http/forecast-api.ts';

export const handler = lambda(() => {
  const machinery = live();
  return forecastHttp({ ...machinery, ...forecastStores(machinery) });
});
