import { instant, runId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineApi, pageOf, pageQuery } from '../define-api.ts';
import { bilingual } from '../fragments.ts';

export const kpiView = z.object({
  id: z.string(),
  version: z.int().positive(),
  title: bilingual,
  unit: z.enum(['count', 'money', 'ratio', 'minutes']),
  /** the formula in words, time basis included */
  formula: z.object({ de: z.string().min(1).max(400), en: z.string().min(1).max(400) }),
  /** which time decides the period */
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
  /** facts recorded before this instant are in, later ones are not */
  cutOff: instant,
  /** the newest `recordedAt` among the facts used; null where there were none */
  watermark: instant.nullable(),
  currency: z.string(),
  kpis: z.array(z.object({ id: z.string(), version: z.int() })),
  /** what each control total is in; missing in manifests that are older than the field */
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
      /** sum of the numerators of like rows, by KPI and, after a space, dimension (`leads touchpoints`), to be compared with the API; the unit is in `controlTotalUnits` */
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

/** A report names every team and rep, so managers are not among its readers; they have attainment and forecast of their own teams. */
const readers = ['operations', 'finance', 'admin'] as const;

export const reportingApi = defineApi({
  service: 'reporting',
  routes: {
    'GET /kpis': {
      summary: 'The dictionary: every KPI with version, formula, time basis and grain.',
      roles: ['rep', 'manager', 'marketing', ...readers],
      answers: { 200: z.object({ items: z.array(kpiView) }) },
      refusals: {},
    },
    'GET /reports': {
      summary: 'The reports and when they run.',
      roles: readers,
      answers: {
        200: z.object({
          items: z.array(z.object({ reportId: z.string(), title: bilingual, schedule: z.string(), kpis: z.array(z.string()) })),
        }),
      },
      refusals: {},
    },
    'GET /reports/{reportId}/runs': {
      summary: 'The runs of a report, newest period first, every version.',
      roles: readers,
      path: z.object({ reportId: z.string().max(60) }),
      query: pageQuery,
      answers: { 200: pageOf(runView) },
      refusals: { 'report-not-found': 404 },
    },
    'POST /reports/{reportId}/runs': {
      summary:
        'Runs a report now: `weekly` for the week that ended last or a named one, `week-so-far` up to this moment. Over the same facts it gives the version that exists.',
      roles: readers,
      path: z.object({ reportId: z.string().max(60) }),
      body: z.strictObject({ period: z.string().max(20).optional() }),
      answers: { 200: runView },
      refusals: { 'report-not-found': 404, 'period-not-found': 422, 'period-not-ended': 422, 'settings-missing': 422 },
    },
    'GET /runs/{runId}': {
      summary: 'One run with its manifest.',
      roles: readers,
      path: z.object({ runId }),
      answers: { 200: runView },
      refusals: { 'run-not-found': 404 },
    },
    'GET /runs/{runId}/files/{name}': {
      summary: 'A presigned URL, valid for five minutes, to one file of a run (the manifest itself included).',
      roles: readers,
      path: z.object({ runId, name: z.string().max(80) }),
      answers: { 200: z.object({ url: z.url(), expiresAt: instant }) },
      refusals: { 'run-not-found': 404, 'file-not-found': 404 },
    },
  },
});
