import { reportPublished, reportRestated, type Happened, type ReportingFact } from '@meilenstein/contracts';
import { decided, type Decision } from '@meilenstein/kernel';

type PublishedRun = Happened<ReportingFact>['data'];

/** The versions of one report for one period, oldest first. */
export type ReportRuns = { readonly runs: readonly Omit<PublishedRun, 'restates'>[] };

export const noRuns: ReportRuns = { runs: [] };

export const evolveRuns = ({ runs }: ReportRuns, { data }: Happened<ReportingFact>): ReportRuns => {
  const { reportId, runId, period, version, cutOff, manifestKey, manifestSha256 } = data;
  return { runs: [...runs, { reportId, runId, period, version, cutOff, manifestKey, manifestSha256 }] };
};

/** Records that a version is in the bucket: the first is a publication, each further one a restatement. A recorded version changes nothing. */
export const recordRun = ({ runs }: ReportRuns, run: ReportRuns['runs'][number]): Decision<ReportingFact, never> => {
  const last = runs.at(-1);
  if (last !== undefined && last.version >= run.version) return decided();
  return decided(last === undefined ? reportPublished.of(run) : reportRestated.of({ ...run, restates: last.version }));
};
