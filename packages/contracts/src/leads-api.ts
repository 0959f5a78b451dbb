import { importId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineApi } from './define-api.ts';
import { importRequest, importStarted, importStatus } from './imports.ts';
import { leadRoutes, personRoutes } from './lead-routes.ts';
import { leadRuleRoutes } from './lead-rule-routes.ts';
import { marketingPromiseRoutes } from './marketing-promises.ts';
import { qualificationRoutes } from './qualification-routes.ts';
import { serviceLevelRoutes } from './service-level-routes.ts';
import { routingRoutes } from './routing-routes.ts';
import { sourceRoutes } from './source-routes.ts';

const staff = ['operations', 'admin'] as const;

export const leadsApi = defineApi({
  service: 'leads',
  routes: {
    ...sourceRoutes,
    ...leadRoutes,
    ...personRoutes,
    ...leadRuleRoutes,
    ...qualificationRoutes,
    ...serviceLevelRoutes,
    ...marketingPromiseRoutes,
    ...routingRoutes,
    'POST /leads/imports': {
      summary: 'Begins an import of history; PUT the NDJSON file to the presigned URL, the job starts by itself.',
      roles: staff,
      body: importRequest,
      answers: { 201: importStarted },
      refusals: {},
    },
    'GET /leads/imports/{importId}': {
      summary: 'How far an import is, and what was rejected by which rule.',
      roles: staff,
      path: z.object({ importId }),
      answers: { 200: importStatus },
      refusals: { 'import-is-unknown': 404 },
    },
  },
});
