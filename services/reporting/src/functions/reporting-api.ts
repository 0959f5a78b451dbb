import { lambda } from '@meilenstein/runtime';
import { liveReports } from '../live-reporting.ts';
import { reportingApi } from '../reports/http/reporting-api.ts';

export const handler = lambda(() => reportingApi(liveReports()));
