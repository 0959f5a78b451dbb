import { teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes } from '../define-api.ts';
import { plainName } from '../fragments.ts';
import { viewFilter, viewId, viewList } from './view-events.ts';

const sellers = ['rep', 'manager', 'operations', 'admin'] as const;

const savedView = z.object({
  viewId,
  list: viewList,
  name: z.string(),
  filter: viewFilter,
  /** the team that it is shared with; null: nobody else sees it */
  teamId: teamId.nullable(),
  /** whether the caller saved it; nobody else may change or delete it */
  isOwn: z.boolean(),
  /** for `If-Match` */
  version: z.int().positive(),
});

/** Views of lists: a name and a filter, of one person or shared with a team. */
export const viewRoutes = defineRoutes({
  'GET /views': {
    summary: 'Lists the saved views of a list: the caller’s own, and those shared with a team that the caller belongs to or leads.',
    roles: sellers,
    query: z.object({ list: viewList }),
    answers: { 200: z.object({ items: z.array(savedView) }) },
    refusals: {},
  },
  'GET /views/{viewId}': {
    summary: 'Returns a saved view. Carries an ETag.',
    roles: sellers,
    path: z.object({ viewId }),
    answers: { 200: savedView },
    refusals: { 'view-not-found': 404 },
  },
  'PUT /views/{viewId}': {
    summary: 'Saves a view under an id that the caller chooses, or changes one that the caller has saved.',
    roles: sellers,
    path: z.object({ viewId }),
    body: z.strictObject({ list: viewList, name: plainName.max(60), filter: viewFilter, teamId: teamId.nullable().default(null) }),
    answers: { 200: savedView },
    refusals: { 'view-not-found': 404, 'team-not-found': 422, 'too-many-views': 422, 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'DELETE /views/{viewId}': {
    summary: 'Deletes a view that the caller has saved.',
    roles: sellers,
    path: z.object({ viewId }),
    answers: { 200: z.object({ viewId }) },
    refusals: { 'view-not-found': 404, 'version-conflict': 412 },
    ifMatch: 'required',
  },
});
