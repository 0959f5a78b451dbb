import { importJob, lambda, setting } from '@meilenstein/runtime';
import { liveBucket } from '@meilenstein/runtime/live/live-bucket';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { importLeads } from '../imports/events/import-leads.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => {
  const deps = liveLeads();
  return importLeads(
    { ...deps, imports: importJob({ ...deps, bucket: liveBucket() }), importQueueUrl: setting('IMPORT_QUEUE_URL') },
    liveConsumer(),
  );
});
