import { reportingApi as contract, type RunView } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import { auditHandler, http } from '@meilenstein/runtime';
import { auditedReporting } from '../../audited.ts';
import { kpis } from '../../kpis/domain/kpi-dictionary.ts';
import { reports } from '../domain/report-catalogue.ts';
import { partsOfRunId } from '../store/report-store.ts';
import type { Run } from '../store/run-store.ts';
import type { ReportDeps } from '../../live-reporting.ts';
import { runReport } from '../events/run-report.ts';

const linkMillis = 5 * 60_000;
const reportNotFound = (reportId: string) =>
  refused('report-not-found', `the reports are ${reports.map(({ reportId: id }) => id).join(', ')}`, {
    field: 'reportId',
    value: reportId,
  });
const runNotFound = (id: string) => refused('run-not-found', 'no run has this id', { field: 'runId', value: id });

export const reportingApi = (deps: ReportDeps) => {
  const { runs, reports: store } = deps.stores;

  const view = async (run: Run): Promise<RunView> => {
    const { runId, reportId, period, version, cutOff } = run;
    return { runId, reportId, period, version, cutOff, manifest: await store.readManifest(run) };
  };

  const find = async (id: string): Promise<Run | undefined> => {
    const parts = partsOfRunId(id);
    return parts && (await runs.of(parts.reportId, parts.period)).find((run) => run.version === parts.version);
  };

  return http(
    contract,
    {
      'GET /audit/reporting': auditHandler(deps, 'reporting', auditedReporting(deps.stores)),
      'GET /kpis': async () => ({ status: 200, body: { items: [...kpis] } }),
      'GET /reports': async () => ({
        status: 200,
        body: { items: reports.map(({ reportId, title, schedule }) => ({ reportId, title, schedule, kpis: kpis.map((kpi) => kpi.id) })) },
      }),
      'GET /reports/{reportId}/runs': async ({ path, query }) => {
        if (!reports.some(({ reportId }) => reportId === path.reportId)) return reportNotFound(path.reportId);
        const page = await runs.list(path.reportId, query);
        return { status: 200, body: { items: await Promise.all(page.runs.map(view)), next: page.next } };
      },
      'POST /reports/{reportId}/runs': async ({ path, body }) => {
        const definition = reports.find(({ reportId }) => reportId === path.reportId);
        if (definition === undefined) return reportNotFound(path.reportId);
        const result = await runReport(deps, definition, { now: deps.clock.now(), period: body.period });
        return 'refused' in result ? result : { status: 200, body: await view(result.run), location: `/runs/${result.run.runId}` };
      },
      'GET /runs/{runId}': async ({ path }) => {
        const run = await find(path.runId);
        return run === undefined ? runNotFound(path.runId) : { status: 200, body: await view(run) };
      },
      'GET /runs/{runId}/files/{name}': async ({ path }) => {
        const run = await find(path.runId);
        if (run === undefined) return runNotFound(path.runId);
        const link = await store.link(run, path.name, linkMillis);
        return link === undefined
          ? refused('file-not-found', 'the run has no such file; its manifest lists its files', { field: 'name', value: path.name })
          : { status: 200, body: link };
      },
    },
    { ...deps, readCompany: deps.stores.company.read },
  );
};
