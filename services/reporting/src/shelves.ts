import { companyCopy, type Bucket, type Machinery } from '@meilenstein/runtime';
import { factStore } from './facts/store/fact-store.ts';
import { reportShelf } from './reports/store/report-shelf.ts';
import { runStore } from './reports/store/run-store.ts';

/** Everything this service keeps; what only reads and folds events needs no bucket. */
export const reportingShelves = (machinery: Machinery) => ({
  facts: factStore(machinery),
  runs: runStore(machinery),
  company: companyCopy(machinery),
});
export type Shelves = ReturnType<typeof reportingShelves>;

export const withReports = (shelves: Shelves, bucket: Bucket) => ({ ...shelves, reports: reportShelf(bucket, shelves.runs) });
export type ReportShelves = ReturnType<typeof withReports>;
