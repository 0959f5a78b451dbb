import { pipelineApi as contract } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import { http, importJob, lambda, type ImportJob } from '@meilenstein/runtime';
import { liveBucket } from '@meilenstein/runtime/live-bucket';
import { livePipeline, type PipelineDeps } from '../../live-pipeline.ts';
import { opportunityRoutes } from './opportunity-routes.ts';
import { processRoutes } from '../../processes/http/process-routes.ts';

export type PipelineApiDeps = PipelineDeps & { readonly imports: ImportJob };

const livePipelineApi = (): PipelineApiDeps => {
  const deps = livePipeline();
  return { ...deps, imports: importJob({ ...deps, bucket: liveBucket() }) };
};

export const pipelineApi = (deps: PipelineApiDeps) =>
  http(
    contract,
    {
      ...processRoutes(deps),
      ...opportunityRoutes(deps),
      'POST /opportunities/imports': async ({ body, newId }) => ({ status: 201, body: await deps.imports.start(newId(), body.system) }),
      'GET /opportunities/imports/{importId}': async ({ path }) => {
        const status = await deps.imports.status(path.importId);
        return status === undefined ? refused('import-is-unknown', 'importId: no import has this id') : { status: 200, body: status };
      },
    },
    deps,
  );
export const handler = lambda(() => pipelineApi(livePipelineApi()));
