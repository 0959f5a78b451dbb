import { leadsSentences } from '@meilenstein/contracts';
import type { AuditedService } from '@meilenstein/runtime';
import type { Stores } from './stores.ts';

/** All that the audit of leads tells about, by the names that people use. */
export const auditedLeads = (stores: Stores): AuditedService => ({
  sentences: leadsSentences,
  aggregates: {
    lead: stores.leads.audited,
    source: stores.sources.audited,
    submission: stores.submissions.audited,
    import: stores.importStarts.audited,
    points: stores.points.audited,
    qualification: stores.qualification.audited,
    segments: stores.segments.audited,
    survivorship: stores.survivorship.audited,
    retention: stores.retention.audited,
    routing: stores.routing.rules.audited,
    territories: stores.routing.territories.audited,
    seller: stores.routing.sellers.audited,
    'service-levels': stores.serviceLevels.audited,
    'volume-commitments': stores.volumeCommitments.audited,
    'follow-up-sequences': stores.followUps.audited,
  },
});
