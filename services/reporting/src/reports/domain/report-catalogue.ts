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
/** The time that a report waits after the end of its period for events that are still on their way. */
const settlingMinutes = 60;

export type ReportPeriod = { readonly period: Period; readonly cutOff: Instant };
type Code = 'period-not-found' | 'period-not-ended';

export type ReportDefinition = {
  readonly reportId: string;
  readonly title: { readonly de: string; readonly en: string };
  /** when it runs by itself, in words */
  readonly schedule: string;
  /** the period of a run at `now`, and its cut-off */
  readonly periodFor: (
    wanted: string | undefined,
    about: { readonly now: Instant; readonly zone: TimeZone; readonly calendar: FiscalCalendar },
  ) => ReportPeriod | { readonly refused: Refusal<Code> };
};

const isWeek = (period: Period | undefined): period is Period => period?.kind === 'week';

export const weekly: ReportDefinition = {
  reportId: 'weekly',
  title: { de: 'Wochenbericht', en: 'Weekly report' },
  schedule: '05:00 in the company’s zone on the first day of each week, for the week that ended',
  periodFor: (wanted, { now, zone, calendar }) => {
    const period =
      wanted === undefined ? previousPeriod(calendar, periodOf(calendar, 'week', dayOf(now, zone))) : periodNamed(calendar, wanted);
    if (!isWeek(period))
      return refused(
        'period-not-found',
        `name a week such as ${previousPeriod(calendar, periodOf(calendar, 'week', dayOf(now, zone))).label}`,
        {
          field: 'period',
          value: wanted ?? '',
        },
      );
    const { until } = boundsOf(period, zone);
    if (now < addMillis(until, settlingMinutes * minute))
      return refused('period-not-ended', `a week can be reported ${settlingMinutes} minutes after its end; until then, run week-so-far`, {
        field: 'period',
        value: period.label,
      });
    return { period, cutOff: until };
  },
};

const weekSoFar: ReportDefinition = {
  reportId: 'week-so-far',
  title: { de: 'Laufende Woche', en: 'Week so far' },
  schedule: 'only on request; each run counts the facts up to that moment',
  periodFor: (wanted, { now, zone, calendar }) => {
    const period = periodOf(calendar, 'week', dayOf(now, zone));
    if (wanted !== undefined && wanted !== period.label)
      return refused('period-not-found', `this report covers only the current week, ${period.label}`, { field: 'period', value: wanted });
    return { period, cutOff: now };
  },
};

export const reports: readonly ReportDefinition[] = [weekly, weekSoFar];
