import { live, type HttpDeps, type Machinery } from '@meilenstein/runtime';
import { liveBucket } from '@meilenstein/runtime/live/live-bucket';
import { reportingStores, withReports, type ReportStores, type Stores } from './stores.ts';

/** The dependencies of the handlers that fold events. */
export type FactDeps = Machinery & { readonly stores: Stores };

/** The dependencies of the handlers that run and show reports. */
export type ReportDeps = Machinery & HttpDeps & { readonly stores: ReportStores };

export const liveFacts = (): FactDeps => {
  const machinery = live();
  return { ...machinery, stores: reportingStores(machinery) };
};

export const liveReports = (): ReportDeps => {
  const machinery = live();
  return { ...machinery, stores: withReports(reportingStores(machinery), liveBucket()) };
};
