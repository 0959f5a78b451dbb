import { importJob, lambda, setting } from '@meilenstein/runtime';
import { liveBucket } from '@meilenstein/runtime/live/live-bucket';
import { liveConsumer } from '@meilenstein/runtime/live/live-queues';
import { importOpportunities } from '../imports/events/import-opportunities.ts';
import { livePipeline } from '../live-pipeline.ts';

export const handler = lambda(() => {
  const deps = livePipeline();
  return importOpportunities(
    { ...deps, imports: importJob({ ...deps, bucket: liveBucket() }), importQueueUrl: setting('IMPORT_QUEUE_URL') },
    liveConsumer(),
  );
});
