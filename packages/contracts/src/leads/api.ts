import { importId } from '@meilenstein/kernel';
import * as z from 'zod';
import { auditRoute } from '../audit/audit-route.ts';
import { defineApi } from '../define-api.ts';
import { followUpRoutes } from './follow-up/follow-up-routes.ts';
import { importRehearsal } from '../import-table.ts';
import { leadImportRequest, importStarted, importStatus } from '../imports.ts';
import { leadRoutes, personRoutes } from './lead/lead-routes.ts';
import { leadRuleRoutes } from './qualification/rule-routes.ts';
import { volumeCommitmentRoutes } from './service-levels/volume-commitments.ts';
import { qualificationRoutes } from './qualification/qualification-routes.ts';
import { serviceLevelRoutes } from './service-levels/service-level-routes.ts';
import { routingRoutes } from './assignment/routing-routes.ts';
import { todayRoutes } from './today/today-routes.ts';
import { sourceRoutes } from './capture/source-routes.ts';

const staff = ['operations', 'admin'] as const;

export const leadsApi = defineApi({
  service: 'leads',
  routes: {
    'GET /audit/leads': auditRoute('leads'),
    ...sourceRoutes,
    ...leadRoutes,
    ...personRoutes,
    ...leadRuleRoutes,
    ...qualificationRoutes,
    ...serviceLevelRoutes,
    ...volumeCommitmentRoutes,
    ...followUpRoutes,
    ...routingRoutes,
    ...todayRoutes,
    'POST /leads/imports': {
      summary: 'Starts an import of history. PUT the NDJSON, CSV or XLSX file to the presigned URL; the import then runs by itself.',
      roles: staff,
      body: leadImportRequest,
      answers: { 201: importStarted },
      keepsBody: true,
      refusals: {},
    },
    'GET /leads/imports/{importId}': {
      summary: 'Returns the progress of an import, and which rows were rejected by which rule.',
      roles: staff,
      path: z.object({ importId }),
      answers: { 200: importStatus },
      refusals: { 'import-not-found': 404 },
    },
    'GET /leads/imports/{importId}/rehearsal': {
      summary: 'Returns the first twenty rows of a table that was put for a rehearsal, cell by cell, as an import would take them.',
      roles: staff,
      path: z.object({ importId }),
      answers: { 200: importRehearsal },
      refusals: { 'import-not-found': 404, 'rehearsal-not-asked': 409, 'upload-missing': 409, 'file-unreadable': 422 },
    },
  },
});
