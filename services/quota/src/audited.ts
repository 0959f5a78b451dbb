import { quotaSentences } from '@meilenstein/contracts';
import type { AuditedService } from '@meilenstein/runtime';
import type { Stores } from './stores.ts';

/** All that the audit of quota tells about, by the names that people use. */
export const auditedQuota = (stores: Stores): AuditedService => ({
  sentences: quotaSentences,
  aggregates: {
    rep: stores.company.reps.audited,
    team: stores.company.teams.audited,
    settings: stores.company.settings.audited,
    plan: stores.plans.audited,
    targets: stores.targets.audited,
    credit: stores.credits.audited,
    view: stores.views.audited,
  },
});
