import { lambda } from '@meilenstein/runtime';
import { liveReports } from '../live-reporting.ts';
import { weeklyReport } from '../reports/events/weekly-report.ts';

export const handler = lambda(() => weeklyReport(liveReports()));
