import { opportunityRow, pipelineApi as contract } from '@meilenstein/contracts';
import { importId, refused } from '@meilenstein/kernel';
import { answerRehearsal, auditHandler, http, onceKnown, type ImportJob } from '@meilenstein/runtime';
import { auditedPipeline } from '../../audited.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { accountFieldsRoutes } from '../../accounts/http/account-fields-routes.ts';
import { accountListRoutes } from '../../accounts/http/account-list-routes.ts';
import { accountRoutes } from '../../accounts/http/account-routes.ts';
import { contactRoutes } from '../../accounts/http/contact-routes.ts';
import { timelineRoutes } from '../../accounts/http/timeline-routes.ts';
import { boardRoutes } from '../../board/http/board-routes.ts';
import { correctionRoutes } from '../../corrections/http/correction-routes.ts';
import { opportunityListRoutes } from './opportunity-list-routes.ts';
import { handOverRoutes } from './hand-over-routes.ts';
import { personalFields } from '../../imports/domain/import-row.ts';
import { opportunityRoutes } from './opportunity-routes.ts';
import { processRoutes } from '../../processes/http/process-routes.ts';

export type PipelineApiDeps = PipelineDeps & { readonly imports: ImportJob };

export const pipelineApi = (deps: PipelineApiDeps) => {
  const opportunities = opportunityRoutes(deps);
  const corrections = correctionRoutes(deps);
  const onceAllKnown = onceKnown(deps.delay, ['rate-missing', 'segment-not-found']);
  return http(
    contract,
    {
      ...processRoutes(deps),
      ...boardRoutes(deps),
      ...accountListRoutes(deps),
      ...accountRoutes(deps),
      ...contactRoutes(deps),
      ...timelineRoutes(deps),
      ...accountFieldsRoutes(deps),
      ...opportunityListRoutes(deps),
      ...opportunities,
      ...corrections,
      ...handOverRoutes(deps),
      'POST /opportunities': onceAllKnown(opportunities['POST /opportunities']),
      'POST /opportunities/{opportunityId}/amend': onceAllKnown(opportunities['POST /opportunities/{opportunityId}/amend']),
      'POST /opportunities/{opportunityId}/milestones': onceAllKnown(opportunities['POST /opportunities/{opportunityId}/milestones']),
      'POST /opportunities/{opportunityId}/order/correct': onceAllKnown(corrections['POST /opportunities/{opportunityId}/order/correct']),
      'GET /audit/pipeline': auditHandler(deps, 'pipeline', auditedPipeline(deps.stores)),
      'POST /opportunities/imports': async ({ body: { system, ...asked }, newId }) => {
        const id = importId.parse(newId());
        await deps.stores.importStarts.record(id, system);
        return { status: 201, body: await deps.imports.start(id, system, asked) };
      },
      'GET /opportunities/imports/{importId}': async ({ path }) => {
        const status = await deps.imports.status(path.importId);
        return status === undefined ? refused('import-not-found', 'importId: no import has this id') : { status: 200, body: status };
      },
      'GET /opportunities/imports/{importId}/rehearsal': async ({ path }) =>
        answerRehearsal(await deps.imports.rehearsal(path.importId, opportunityRow, personalFields)),
    },
    { ...deps, readCompany: deps.stores.company.read },
  );
};
