import { pipelineApi as contract } from '@meilenstein/contracts';
import { importId, refused } from '@meilenstein/kernel';
import { auditHandler, http, type ImportJob } from '@meilenstein/runtime';
import { auditedPipeline } from '../../audited.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { boardRoutes } from '../../board/http/board-routes.ts';
import { opportunityListRoutes } from './opportunity-list-routes.ts';
import { handOverRoutes } from './hand-over-routes.ts';
import { opportunityRoutes } from './opportunity-routes.ts';
import { processRoutes } from '../../processes/http/process-routes.ts';

export type PipelineApiDeps = PipelineDeps & { readonly imports: ImportJob };

export const pipelineApi = (deps: PipelineApiDeps) =>
  http(
    contract,
    {
      ...processRoutes(deps),
      ...boardRoutes(deps),
      ...opportunityListRoutes(deps),
      ...opportunityRoutes(deps),
      ...handOverRoutes(deps),
      'GET /audit/pipeline': auditHandler(deps, 'pipeline', auditedPipeline(deps.stores)),
      'POST /opportunities/imports': async ({ body: { system }, newId }) => {
        const id = importId.parse(newId());
        await deps.stores.importStarts.record(id, system);
        return { status: 201, body: await deps.imports.start(id, system) };
      },
      'GET /opportunities/imports/{importId}': async ({ path }) => {
        const status = await deps.imports.status(path.importId);
        return status === undefined ? refused('import-not-found', 'importId: no import has this id') : { status: 200, body: status };
      },
    },
    { ...deps, readCompany: deps.stores.company.read },
  );
