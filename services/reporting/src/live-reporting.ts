import { live, type HttpDeps, type Machinery } from '@meilenstein/runtime';
import { liveBucket } from '@meilenstein/runtime/live-bucket';
import { reportingShelves, withReports, type ReportShelves, type Shelves } from './shelves.ts';

/** What the folding handlers need. */
export type FactDeps = Machinery & { readonly shelves: Shelves };

/** What those need that run and show reports. */
export type ReportDeps = Machinery & HttpDeps & { readonly shelves: ReportShelves };

export const liveFacts = (): FactDeps => {
  const machinery = live();
  return { ...machinery, shelves: reportingShelves(machinery) };
};

export const liveReports = (): ReportDeps => {
  const machinery = live();
  return { ...machinery, shelves: withReports(reportingShelves(machinery), liveBucket()) };
};
