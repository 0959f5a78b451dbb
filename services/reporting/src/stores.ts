import { companyHistory, type Bucket, type Machinery } from '@meilenstein/runtime';
import { factStore } from './facts/store/fact-store.ts';
import { reportStore } from './reports/store/report-store.ts';
import { runStore } from './reports/store/run-store.ts';

/** Everything that this service stores in its table; handlers that only fold events need no bucket. */
export const reportingStores = (machinery: Machinery) => ({
  facts: factStore(machinery),
  runs: runStore(machinery),
  company: companyHistory(machinery),
});
export type Stores = ReturnType<typeof reportingStores>;

export const withReports = (stores: Stores, bucket: Bucket) => ({ ...stores, reports: reportStore(bucket, stores.runs) });
export type ReportStores = ReturnType<typeof withReports>;
