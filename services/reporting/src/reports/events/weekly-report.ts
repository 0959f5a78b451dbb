import { calendarOn } from '@meilenstein/contracts';
import { dayOf, periodOf, previousPeriod, type Instant } from '@meilenstein/kernel';
import { onSchedule } from '@meilenstein/runtime';
import { weekly } from '../domain/report-catalogue.ts';
import type { ReportDeps } from '../../live-reporting.ts';
import { readyCompany, runReport } from './run-report.ts';

/** Weeks before the last one that are looked at again: facts that came late make a further version of them. */
const weeksAgain = 4;

/** The last week's report, and again those of the four weeks before that were published. The period comes from the scheduled time. */
export const weeklyReport = (deps: ReportDeps) =>
  onSchedule('weekly-report', async (scheduledTime: Instant) => {
    const ready = await readyCompany(deps, scheduledTime);
    if (ready === undefined) return { runs: [] };
    const calendar = calendarOn(ready.company, dayOf(scheduledTime, ready.zone));
    let week = previousPeriod(calendar, periodOf(calendar, 'week', dayOf(scheduledTime, ready.zone)));
    const periods = [week.label];
    for (let again = 0; again < weeksAgain; again += 1) {
      week = previousPeriod(calendar, week);
      if ((await deps.stores.runs.of(weekly.reportId, week.label)).length > 0) periods.push(week.label);
    }
    const runs: string[] = [];
    for (const period of periods) {
      const result = await runReport(deps, weekly, { now: scheduledTime, period });
      if ('refused' in result) throw new Error(`weekly ${period}: ${result.refused.code}`);
      runs.push(result.run.runId);
    }
    return { runs };
  });
