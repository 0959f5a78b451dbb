import { quotaApi as contract } from '@meilenstein/contracts';
import { auditHandler, http } from '@meilenstein/runtime';
import { auditedQuota } from '../../audited.ts';
import { attainmentRoutes } from '../../credits/http/attainment-routes.ts';
import type { QuotaDeps } from '../../live-quota.ts';
import { toCompany } from '../store/company-store.ts';
import { organisationRoutes } from './organisation-routes.ts';
import { planRoutes } from '../../plans/http/plan-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { viewRoutes } from '../../views/http/view-routes.ts';
import { settingsRoutes } from './settings-routes.ts';

export const quotaApi = (deps: QuotaDeps) =>
  http(
    contract,
    {
      ...peopleRoutes(deps),
      ...organisationRoutes(deps),
      ...settingsRoutes(deps),
      ...planRoutes(deps),
      ...attainmentRoutes(deps),
      ...viewRoutes(deps),
      'GET /audit/quota': auditHandler(deps, 'quota', auditedQuota(deps.stores)),
    },
    { ...deps, readCompany: async () => toCompany(await deps.stores.company.nodes()) },
  );
