import { calendarOn } from '@meilenstein/contracts';
import { dayOf, periodOf, previousPeriod, type Instant } from '@meilenstein/kernel';
import { onSchedule } from '@meilenstein/runtime';
import { weekly } from '../domain/report-catalogue.ts';
import type { ReportDeps } from '../../live-reporting.ts';
import { companyWithSettings, runReport } from './run-report.ts';

/** The number of earlier weeks that are checked for late facts, which give them a further version. */
const weeksAgain = 4;

/**
 * Runs the report of the last week, and again those of the four weeks before that were published. The schedule calls it every morning, and it
 * does nothing but on the first day of a week of the company's calendar. The scheduled time decides the week.
 */
export const weeklyReport = (deps: ReportDeps) =>
  onSchedule('weekly-report', async (scheduledTime: Instant) => {
    const company = await companyWithSettings(deps, scheduledTime);
    if (company === undefined) return { runs: [] };
    const today = dayOf(scheduledTime, company.zone);
    const calendar = calendarOn(company.company, today);
    const current = periodOf(calendar, 'week', today);
    if (current.from !== today) return { runs: [] };
    let week = previousPeriod(calendar, current);
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
