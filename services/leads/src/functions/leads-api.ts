import { importJob, lambda } from '@meilenstein/runtime';
import { liveBucket } from '@meilenstein/runtime/live/live-bucket';
import { leadsApi } from '../lead/http/leads-api.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => {
  const deps = liveLeads();
  return leadsApi({ ...deps, imports: importJob({ ...deps, bucket: liveBucket() }) });
});
