import { pipelineSentences } from '@meilenstein/contracts';
import type { AuditedService } from '@meilenstein/runtime';
import type { Stores } from './stores.ts';

/** All that the audit of pipeline tells about, by the names that people use. */
export const auditedPipeline = (stores: Stores): AuditedService => ({
  sentences: pipelineSentences,
  aggregates: {
    opportunity: stores.opportunities.audited,
    account: stores.accounts.audited,
    contact: stores.contacts.audited,
    'account-fields': stores.accountFields.audited,
    process: stores.processes.audited,
    import: stores.importStarts.audited,
  },
});
