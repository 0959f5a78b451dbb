import { calendarOn } from '@meilenstein/contracts';
import { addMillis, boundsOf, dayOf, earlierOf, periodOf, refused, type Currency, type Instant, type TimeZone } from '@meilenstein/kernel';
import { companyAt, type CompanyAtCutOff } from '../../facts/domain/company-at-cut-off.ts';
import { kpis } from '../../kpis/domain/kpi-dictionary.ts';
import type { ReportDefinition, ReportPeriod } from '../domain/report-catalogue.ts';
import { compileReport } from '../domain/report.ts';
import { controlTotals, controlTotalUnits, renderCsv } from '../domain/render-csv.ts';
import type { ReportFile } from '../store/report-store.ts';
import type { Run } from '../store/run-store.ts';
import type { ReportDeps } from '../../live-reporting.ts';

/** How far KPIs look back from the beginning of the period. */
const lookBackMillis = 31 * 86_400_000;
/** How far KPIs look back for opportunities. */
const opportunityLookBackMillis = 91 * 86_400_000;
const files = { company: 'company.csv', team: 'teams.csv', rep: 'reps.csv' } as const;
const levels = ['company', 'team', 'rep'] as const;

type CompanyWithSettings = CompanyAtCutOff & { readonly zone: TimeZone; readonly currency: Currency };

/** The company as known at a moment; undefined before its settings are known here. */
export const companyWithSettings = async ({ stores }: ReportDeps, at: Instant): Promise<CompanyWithSettings | undefined> => {
  const atCutOff = companyAt(await stores.company.events(), at);
  const { zone, reportingCurrency } = atCutOff.company;
  return zone === null || reportingCurrency === null ? undefined : { ...atCutOff, zone, currency: reportingCurrency };
};

/** Gathers the facts, compiles the report and publishes it in the bucket. */
const produceRun = async (
  { stores }: ReportDeps,
  reportId: string,
  { period, cutOff }: ReportPeriod,
  { zone, currency, ...companyAtCutOff }: CompanyWithSettings,
): Promise<Run> => {
  const calendar = calendarOn(companyAtCutOff.company, period.from);
  const bounds = boundsOf(period, zone);
  const month = boundsOf(periodOf(calendar, 'month', period.from), zone);
  const begin = earlierOf(addMillis(bounds.from, -lookBackMillis), month.from);
  const [recent, opportunities] = await Promise.all([
    stores.facts.between(begin, bounds.until),
    stores.facts.between(addMillis(bounds.from, -opportunityLookBackMillis), begin, 'opportunity'),
  ]);
  const reportFacts = [...opportunities, ...recent];
  const report = compileReport({
    kpis,
    companyAtCutOff,
    period,
    cutOff,
    zone,
    calendar,
    reportFacts,
    targets: await stores.facts.targets(),
  });
  const edition = {
    reportId,
    period: { label: period.label, ...bounds },
    cutOff,
    watermark: report.watermark,
    currency,
    kpis: kpis.map(({ id, version }) => ({ id, version })),
    controlTotalUnits: controlTotalUnits(Object.values(report.rows).flat(), currency),
    files: levels.map((level): ReportFile => {
      const rows = report.rows[level];
      return { name: files[level], bytes: Buffer.from(renderCsv(rows, currency)), rows: rows.length, controlTotals: controlTotals(rows) };
    }),
  };
  return stores.reports.publish(edition);
};

/** Runs a report at a moment, for its default period or for a named one. */
export const runReport = async (
  deps: ReportDeps,
  definition: ReportDefinition,
  about: { readonly now: Instant; readonly period?: string | undefined },
) => {
  const today = await companyWithSettings(deps, about.now);
  if (today === undefined)
    return refused('settings-missing', 'the time zone and the reporting currency are not known here yet: PUT /settings, or wait a moment');
  const calendar = calendarOn(today.company, dayOf(about.now, today.zone));
  const requested = definition.periodFor(about.period, { now: about.now, zone: today.zone, calendar });
  if ('refused' in requested) return requested;
  const [first] = today.company.reps.flatMap(({ memberships }) => memberships.map(({ from }) => from)).toSorted();
  const { label, until, from } = requested.period;
  if (first !== undefined && until <= first) {
    const bounds = boundsOf({ ...requested.period, from, until }, today.zone);
    if ((await deps.stores.facts.between(bounds.from, bounds.until)).length === 0)
      return refused('period-before-company', `the first rep joined on ${first}, and nothing is recorded for ${label}`, {
        field: 'period',
        value: label,
      });
  }
  // A later change of the time zone does not move the bounds of a closed week.
  const company = (await companyWithSettings(deps, requested.cutOff)) ?? today;
  const period = definition.periodFor(requested.period.label, { now: about.now, zone: company.zone, calendar });
  return 'refused' in period ? period : { run: await produceRun(deps, definition.reportId, period, company) };
};
