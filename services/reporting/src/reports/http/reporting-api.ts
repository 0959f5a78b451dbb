import { reportingApi as contract, type RunView } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import { http } from '@meilenstein/runtime';
import { kpis } from '../../kpis/domain/kpi-dictionary.ts';
import { reports } from '../domain/report-catalogue.ts';
import { partsOfRunId } from '../store/report-store.ts';
import type { Run } from '../store/run-store.ts';
import type { ReportDeps } from '../../live-reporting.ts';
import { runReport } from '../events/run-report.ts';

const linkMillis = 5 * 60_000;
const unknownReport = (reportId: string) =>
  refused('report-not-found', `there are ${reports.map((one) => one.reportId).join(', ')}`, { field: 'reportId', value: reportId });
const unknownRun = (id: string) => refused('run-not-found', 'there is no such run', { field: 'runId', value: id });

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
      'GET /kpis': async () => ({ status: 200, body: { items: [...kpis] } }),
      'GET /reports': async () => ({
        status: 200,
        body: { items: reports.map(({ reportId, title, schedule }) => ({ reportId, title, schedule, kpis: kpis.map((kpi) => kpi.id) })) },
      }),
      'GET /reports/{reportId}/runs': async ({ path, query }) => {
        if (!reports.some((one) => one.reportId === path.reportId)) return unknownReport(path.reportId);
        const page = await runs.list(path.reportId, query);
        return { status: 200, body: { items: await Promise.all(page.runs.map(view)), next: page.next } };
      },
      'POST /reports/{reportId}/runs': async ({ path, body }) => {
        const definition = reports.find((one) => one.reportId === path.reportId);
        if (definition === undefined) return unknownReport(path.reportId);
        const result = await runReport(deps, definition, { now: deps.clock.now(), period: body.period });
        return 'refused' in result ? result : { status: 200, body: await view(result.run), location: `/runs/${result.run.runId}` };
      },
      'GET /runs/{runId}': async ({ path }) => {
        const run = await find(path.runId);
        return run === undefined ? unknownRun(path.runId) : { status: 200, body: await view(run) };
      },
      'GET /runs/{runId}/files/{name}': async ({ path }) => {
        const run = await find(path.runId);
        if (run === undefined) return unknownRun(path.runId);
        const link = await store.link(run, path.name, linkMillis);
        return link === undefined
          ? refused('file-not-found', 'the manifest names the files of a run', { field: 'name', value: path.name })
          : { status: 200, body: link };
      },
    },
    deps,
  );
};
