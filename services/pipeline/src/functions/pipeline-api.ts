import { importJob, lambda } from '@meilenstein/runtime';
import { liveBucket } from '@meilenstein/runtime/live/live-bucket';
import { pipelineApi } from '../opportunities/http/pipeline-api.ts';
import { livePipeline } from '../live-pipeline.ts';

export const handler = lambda(() => {
  const deps = livePipeline();
  return pipelineApi({ ...deps, imports: importJob({ ...deps, bucket: liveBucket() }) });
});
