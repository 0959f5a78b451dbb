import { leadsApi as contract } from '@meilenstein/contracts';
import { http, importJob, lambda, type ImportJob } from '@meilenstein/runtime';
import { liveBucket } from '@meilenstein/runtime/live-bucket';
import { importRoutes } from './import-routes.ts';
import { leadRoutes } from './lead-routes.ts';
import { learnedScoreRoutes } from './learned-score.ts';
import { ledgerRoutes } from './ledger-routes.ts';
import { liveLeads, type LeadsDeps } from './live-leads.ts';
import { personRoutes } from './person-routes.ts';
import { personRuleRoutes } from './person-rule-routes.ts';
import { pointsRoutes } from './points-routes.ts';
import { queueRoutes } from './queue-routes.ts';
import { qualificationRoutes } from './qualification-routes.ts';
import { rehearsalRoutes } from './rehearsal-routes.ts';
import { promiseRoutes } from './promise-routes.ts';
import { serviceLevelRoutes } from './service-level-routes.ts';
import { routingRehearsalRoutes } from './routing-rehearsal-routes.ts';
import { routingRoutes } from './routing-routes.ts';
import { sourceRoutes } from './source-routes.ts';
import { submissionRoutes } from './submission-routes.ts';

export type LeadsApiDeps = LeadsDeps & { readonly imports: ImportJob };

const liveLeadsApi = (): LeadsApiDeps => {
  const deps = liveLeads();
  return { ...deps, imports: importJob({ ...deps, bucket: liveBucket() }) };
};

export const leadsApi = (deps: LeadsApiDeps) =>
  http(
    contract,
    {
      ...sourceRoutes(deps),
      ...submissionRoutes(deps),
      ...leadRoutes(deps),
      ...personRoutes(deps),
      ...pointsRoutes(deps),
      ...qualificationRoutes(deps),
      ...serviceLevelRoutes(deps),
      ...promiseRoutes(deps),
      ...ledgerRoutes(deps),
      ...routingRoutes(deps),
      ...routingRehearsalRoutes(deps),
      ...queueRoutes(deps),
      ...rehearsalRoutes(deps),
      ...learnedScoreRoutes(deps),
      ...personRuleRoutes(deps),
      ...importRoutes(deps.imports),
    },
    deps,
  );
export const handler = lambda(() => leadsApi(liveLeadsApi()));
