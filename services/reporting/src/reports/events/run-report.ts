import { calendarOn } from '@meilenstein/contracts';
import { addMillis, boundsOf, dayOf, earlierOf, periodOf, refused, type Currency, type Instant, type TimeZone } from '@meilenstein/kernel';
import { companyThen, type CompanyThen } from '../../facts/domain/company-then.ts';
import { kpis } from '../../kpis/domain/kpi-dictionary.ts';
import type { ReportDefinition, ReportPlan } from '../domain/report-catalogue.ts';
import { compileReport } from '../domain/report.ts';
import { controlTotals, controlTotalUnits, renderCsv } from '../domain/render-csv.ts';
import type { ReportFile } from '../store/report-store.ts';
import type { Run } from '../store/run-store.ts';
import type { ReportDeps } from '../../live-reporting.ts';

/** The longest horizon that a KPI looks back from the beginning of the period. */
const lookBackMillis = 31 * 86_400_000;
/** Opportunities have longer. */
const opportunityLookBackMillis = 91 * 86_400_000;
const files = { company: 'company.csv', team: 'teams.csv', rep: 'reps.csv' } as const;
const levels = ['company', 'team', 'rep'] as const;

type Ready = CompanyThen & { readonly zone: TimeZone; readonly currency: Currency };

/** The company as it was known at a moment, as reports need it; undefined before its settings are known here. */
export const readyCompany = async ({ stores }: ReportDeps, at: Instant): Promise<Ready | undefined> => {
  const then = companyThen(await stores.company.events(), at);
  const { zone, reportingCurrency } = then.company;
  return zone === null || reportingCurrency === null ? undefined : { ...then, zone, currency: reportingCurrency };
};

/** Gathers facts, compiles the report and puts it into the bucket. */
const produce = async (
  { stores }: ReportDeps,
  reportId: string,
  { period, cutOff }: ReportPlan,
  { zone, currency, ...then }: Ready,
): Promise<Run> => {
  const calendar = calendarOn(then.company, period.from);
  const bounds = boundsOf(period, zone);
  const month = boundsOf(periodOf(calendar, 'month', period.from), zone);
  const begin = earlierOf(addMillis(bounds.from, -lookBackMillis), month.from);
  const [recent, opportunities] = await Promise.all([
    stores.facts.between(begin, bounds.until),
    stores.facts.between(addMillis(bounds.from, -opportunityLookBackMillis), begin, 'opportunity'),
  ]);
  const countables = [...opportunities, ...recent];
  const report = compileReport({ kpis, then, period, cutOff, zone, calendar, countables, targets: await stores.facts.targets() });
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

/** Runs a report at a moment, for the period that it plans itself or for a named one. */
export const runReport = async (
  deps: ReportDeps,
  definition: ReportDefinition,
  about: { readonly now: Instant; readonly period?: string | undefined },
) => {
  const today = await readyCompany(deps, about.now);
  if (today === undefined)
    return refused('settings-missing', 'the zone and the reporting currency are not known here yet: PUT /settings, or wait a moment');
  const calendar = calendarOn(today.company, dayOf(about.now, today.zone));
  const planned = definition.plan(about.period, { now: about.now, zone: today.zone, calendar });
  if ('refused' in planned) return planned;
  // A zone that was changed since does not move the bounds of a closed week.
  const then = (await readyCompany(deps, planned.cutOff)) ?? today;
  const plan = definition.plan(planned.period.label, { now: about.now, zone: then.zone, calendar });
  return 'refused' in plan ? plan : { run: await produce(deps, definition.reportId, plan, then) };
};
