import { instant, runId } from '@meilenstein/kernel';
import * as z from 'zod';
import { auditRoute } from '../audit/audit-route.ts';
import { defineApi, pageOf, pageQuery } from '../define-api.ts';
import { bilingual } from '../fragments.ts';

export const kpiView = z.object({
  id: z.string(),
  version: z.int().positive(),
  title: bilingual,
  unit: z.enum(['count', 'money', 'ratio', 'minutes']),
  /** the formula in words, with its time basis */
  formula: z.object({ de: z.string().min(1).max(400), en: z.string().min(1).max(400) }),
  /** the time that decides the period */
  basis: z.string(),
  grain: z.enum(['company', 'team', 'rep']),
  kind: z.enum(['outcome', 'activity']),
});
export type KpiView = z.infer<typeof kpiView>;

export const manifest = z.object({
  reportId: z.string(),
  runId,
  period: z.object({ label: z.string(), from: instant, until: instant }),
  version: z.int().positive(),
  /** the report contains the facts recorded before this instant */
  cutOff: instant,
  /** the newest `recordedAt` among the facts used; null where there are none */
  watermark: instant.nullable(),
  currency: z.string(),
  kpis: z.array(z.object({ id: z.string(), version: z.int() })),
  /** the unit of each control total; absent in manifests older than this field */
  controlTotalUnits: z
    .record(
      z.string(),
      z.discriminatedUnion('unit', [
        z.object({ unit: z.literal('count') }),
        z.object({ unit: z.literal('minor-units'), currency: z.string() }),
      ]),
    )
    .optional(),
  files: z.array(
    z.object({
      name: z.string(),
      key: z.string(),
      bytes: z.int().nonnegative(),
      sha256: z.string(),
      rows: z.int().nonnegative(),
      /** the sums of numerators by KPI and, after a space, dimension (`leads touchpoints`), for comparison with the API; `controlTotalUnits` has the units */
      controlTotals: z.record(z.string(), z.int()),
    }),
  ),
});
export type Manifest = z.infer<typeof manifest>;

export const runView = z.object({
  runId,
  reportId: z.string(),
  period: z.string(),
  version: z.int().positive(),
  cutOff: instant,
  manifest,
});
export type RunView = z.infer<typeof runView>;

/** A report names every team and rep, so managers may not read it; they have the attainment and forecast of their own teams. */
const readers = ['operations', 'finance', 'admin'] as const;

export const reportingApi = defineApi({
  service: 'reporting',
  routes: {
    'GET /audit/reporting': auditRoute('reporting'),
    'GET /kpis': {
      summary: 'Lists every KPI with its version, formula, time basis and grain.',
      roles: ['rep', 'manager', 'marketing', ...readers],
      answers: { 200: z.object({ items: z.array(kpiView) }) },
      refusals: {},
    },
    'GET /reports': {
      summary: 'Lists the reports and when they run.',
      roles: readers,
      answers: {
        200: z.object({
          items: z.array(z.object({ reportId: z.string(), title: bilingual, schedule: z.string(), kpis: z.array(z.string()) })),
        }),
      },
      refusals: {},
    },
    'GET /reports/{reportId}/runs': {
      summary: 'Lists the runs of a report in every version, the newest period first.',
      roles: readers,
      path: z.object({ reportId: z.string().max(60) }),
      query: pageQuery,
      answers: { 200: pageOf(runView) },
      refusals: { 'report-not-found': 404 },
    },
    'POST /reports/{reportId}/runs': {
      summary:
        'Runs a report now: `weekly` for the last week or a named one, `week-so-far` for the current week up to now. If the facts are the same, it returns the existing version.',
      roles: readers,
      path: z.object({ reportId: z.string().max(60) }),
      body: z.strictObject({ period: z.string().max(20).optional() }),
      answers: { 200: runView },
      refusals: {
        'report-not-found': 404,
        'period-not-found': 422,
        'period-not-ended': 422,
        'period-before-company': 422,
        'settings-missing': 422,
      },
    },
    'GET /runs/{runId}': {
      summary: 'Returns a run with its manifest.',
      roles: readers,
      path: z.object({ runId }),
      answers: { 200: runView },
      refusals: { 'run-not-found': 404 },
    },
    'GET /runs/{runId}/files/{name}': {
      summary: 'Returns a presigned URL, valid for five minutes, to one file of a run or to its manifest.',
      roles: readers,
      path: z.object({ runId, name: z.string().max(80) }),
      answers: { 200: z.object({ url: z.url(), expiresAt: instant }) },
      refusals: { 'run-not-found': 404, 'file-not-found': 404 },
    },
  },
});
