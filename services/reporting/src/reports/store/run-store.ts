import { factReader, reportPublished, reportRestated, type ReportingFact } from '@meilenstein/contracts';
import { instant, runId } from '@meilenstein/kernel';
import { aggregateStore, partitionPages, type Machinery, type PageRequest } from '@meilenstein/runtime';
import * as z from 'zod';
import { evolveRuns, noRuns, recordRun, type ReportRuns } from '../domain/report-runs.ts';
import { prefixes, reportPartition, runsId } from '../../keys.ts';

const stored = z.object({
  runs: z.array(
    z.object({
      reportId: z.string(),
      runId,
      period: z.string(),
      version: z.int(),
      cutOff: instant,
      manifestKey: z.string(),
      manifestSha256: z.string(),
    }),
  ),
});
export type Run = ReportRuns['runs'][number];

/** Stores which versions of which reports are in the bucket. */
export const runStore = (machinery: Machinery) => {
  const store = aggregateStore<ReportRuns, ReportingFact>(
    {
      prefix: prefixes.runs,
      owner: 'reporting',
      schemaNumber: 1,
      schema: stored,
      initial: noRuns,
      evolve: evolveRuns,
      fact: factReader([reportPublished, reportRestated]),
      index: (state) => {
        const last = state.runs.at(-1);
        return last === undefined ? {} : { gsi1pk: reportPartition(last.reportId), gsi1sk: last.period };
      },
    },
    machinery,
  );
  const pages = partitionPages(machinery.table, 'gsi1');
  return {
    audited: store.audited,
    /** every version of a report for a period, oldest first */
    of: async (reportId: string, period: string): Promise<readonly Run[]> => (await store.find(runsId(reportId, period)))?.state.runs ?? [],
    record: async (run: Run): Promise<void> => {
      await store.change(runsId(run.reportId, run.period), (runs) => recordRun(runs, run));
    },
    /** the newest period first, within it the newest version */
    list: async (reportId: string, request: PageRequest) => {
      const page = await pages([reportPartition(reportId)], request);
      return { runs: page.items.flatMap((item) => store.read(item).state.runs.toReversed()), next: page.next };
    },
  };
};
export type RunStore = ReturnType<typeof runStore>;
