import { instant, processId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes, pageOf, pageQuery } from '../define-api.ts';
import { reachedMilestone } from '../pipeline/opportunity-filter.ts';
import { stallView } from './views.ts';

/** Customers who are silent. */
export const stallRoutes = defineRoutes({
  'GET /leaks/stalls': {
    summary:
      'Lists the stalled opportunities that the caller may see, the longest silence first. They are counted by owner, over all pages.',
    roles: ['rep', 'manager', 'operations', 'finance', 'admin'],
    query: pageQuery.extend({
      process: processId.optional(),
      /** the last milestone that the customer reached */
      milestone: reachedMilestone.optional(),
      /** with the teams below it */
      team: teamId.optional(),
      owner: repId.optional(),
    }),
    answers: {
      200: pageOf(stallView).extend({
        asOf: instant,
        total: z.int().nonnegative(),
        /** owners without a stalled opportunity are left out */
        byOwner: z.array(z.object({ repId, teamId, stalled: z.int().positive() })),
      }),
    },
    refusals: { 'settings-missing': 422, 'process-not-found': 422, 'team-not-found': 422, 'rep-not-found': 422 },
  },
});
