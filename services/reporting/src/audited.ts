import { reportingSentences } from '@meilenstein/contracts';
import type { AuditedService } from '@meilenstein/runtime';
import type { Stores } from './stores.ts';

/** All that the audit of reporting tells about, by the names that people use. */
export const auditedReporting = (stores: Stores): AuditedService => ({
  sentences: reportingSentences,
  aggregates: { report: stores.runs.audited },
});
