import {
  periodNamed,
  periodOf,
  previousPeriod,
  refused,
  addMillis,
  boundsOf,
  dayOf,
  type FiscalCalendar,
  type Instant,
  type Period,
  type Refusal,
  type TimeZone,
} from '@meilenstein/kernel';

const minute = 60_000;
/** A report waits so long after its period's end for events that are still under way. */
const settlingMinutes = 60;

export type ReportPlan = { readonly period: Period; readonly cutOff: Instant };
type Code = 'period-not-found' | 'period-not-ended';

export type ReportDefinition = {
  readonly reportId: string;
  readonly title: { readonly de: string; readonly en: string };
  /** when it runs by itself, in words */
  readonly schedule: string;
  /** which period a run at `now` is of, and until when facts count */
  readonly plan: (
    wanted: string | undefined,
    about: { readonly now: Instant; readonly zone: TimeZone; readonly calendar: FiscalCalendar },
  ) => ReportPlan | { readonly refused: Refusal<Code> };
};

const isWeek = (period: Period | undefined): period is Period => period?.kind === 'week';

export const weekly: ReportDefinition = {
  reportId: 'weekly',
  title: { de: 'Wochenbericht', en: 'Weekly report' },
  schedule: 'Monday 05:00 in the company’s zone, for the week that ended',
  plan: (wanted, { now, zone, calendar }) => {
    const period =
      wanted === undefined ? previousPeriod(calendar, periodOf(calendar, 'week', dayOf(now, zone))) : periodNamed(calendar, wanted);
    if (!isWeek(period)) return refused('period-not-found', 'a week is named such as 2026-W47', { field: 'period', value: wanted ?? '' });
    const { until } = boundsOf(period, zone);
    if (now < addMillis(until, settlingMinutes * minute))
      return refused(
        'period-not-ended',
        `a week is reported from ${settlingMinutes} minutes after its end on; for now there is week-so-far`,
        { field: 'period', value: period.label },
      );
    return { period, cutOff: until };
  },
};

const weekSoFar: ReportDefinition = {
  reportId: 'week-so-far',
  title: { de: 'Laufende Woche', en: 'Week so far' },
  schedule: 'never by itself; each run counts the facts up to its moment',
  plan: (wanted, { now, zone, calendar }) => {
    const period = periodOf(calendar, 'week', dayOf(now, zone));
    if (wanted !== undefined && wanted !== period.label)
      return refused('period-not-found', `only the running week, ${period.label}`, { field: 'period', value: wanted });
    return { period, cutOff: now };
  },
};

export const reports: readonly ReportDefinition[] = [weekly, weekSoFar];
