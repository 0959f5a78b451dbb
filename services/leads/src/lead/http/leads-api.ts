import { leadsApi as contract } from '@meilenstein/contracts';
import { auditHandler, http, type ImportJob } from '@meilenstein/runtime';
import { auditedLeads } from '../../audited.ts';
import { followUpRoutes } from '../../follow-up/http/follow-up-routes.ts';
import { importRoutes } from '../../imports/http/import-routes.ts';
import { leadListRoutes } from './lead-list-routes.ts';
import { leadRoutes } from './lead-routes.ts';
import { learnedScoreRoutes } from '../../scoring/http/learned-score.ts';
import { serviceLevelReportRoutes } from '../../service-levels/http/service-level-report-routes.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { personRoutes } from '../../identity/http/person-routes.ts';
import { sharedContactRoutes } from '../../identity/http/shared-contact-routes.ts';
import { personRuleRoutes } from '../../identity/http/person-rule-routes.ts';
import { pointsRoutes } from '../../scoring/http/points-routes.ts';
import { queueRoutes } from '../../assignment/http/queue-routes.ts';
import { qualificationRoutes } from '../../qualification/http/qualification-routes.ts';
import { rehearsalRoutes } from '../../qualification/http/rehearsal-routes.ts';
import { answerRoutes } from '../../service-levels/http/answer-routes.ts';
import { serviceLevelRoutes } from '../../service-levels/http/service-level-routes.ts';
import { routingRehearsalRoutes } from '../../assignment/http/routing-rehearsal-routes.ts';
import { routingRoutes } from '../../assignment/http/routing-routes.ts';
import { todayRoutes } from '../../today/http/today-routes.ts';
import { sourceRoutes } from '../../capture/http/source-routes.ts';
import { submissionRoutes } from '../../capture/http/submission-routes.ts';

export type LeadsApiDeps = LeadsDeps & { readonly imports: ImportJob };

export const leadsApi = (deps: LeadsApiDeps) =>
  http(
    contract,
    {
      ...sourceRoutes(deps),
      ...submissionRoutes(deps),
      ...leadListRoutes(deps),
      ...leadRoutes(deps),
      ...personRoutes(deps),
      ...sharedContactRoutes(deps),
      ...pointsRoutes(deps),
      ...qualificationRoutes(deps),
      ...serviceLevelRoutes(deps),
      ...answerRoutes(deps),
      ...serviceLevelReportRoutes(deps),
      ...followUpRoutes(deps),
      ...routingRoutes(deps),
      ...routingRehearsalRoutes(deps),
      ...queueRoutes(deps),
      ...todayRoutes(deps),
      ...rehearsalRoutes(deps),
      ...learnedScoreRoutes(deps),
      ...personRuleRoutes(deps),
      ...importRoutes(deps.imports, deps.stores.importStarts),
      'GET /audit/leads': auditHandler(deps, 'leads', auditedLeads(deps.stores)),
    },
    { ...deps, readCompany: deps.stores.company.read },
  );
