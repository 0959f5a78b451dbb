import { instant, moneyText, opportunityId, processId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes, pageOf, pageQuery } from '../define-api.ts';
import { milestoneId } from '../pipeline/events.ts';
import { reachedMilestone } from '../pipeline/opportunity-filter.ts';
import { forecastLevel, forecastNode, forecastWindow, windowKind } from './events.ts';

/** What a forecast expects of some opportunities together. */
const expectedTotal = z.object({ opportunities: z.int().nonnegative(), expected: moneyText });

const expectedOpportunity = z.object({
  opportunityId,
  processId,
  /** the last milestone that the customer reached; null: none yet */
  milestoneId: milestoneId.nullable(),
  repId,
  teamId,
  segment: z.string().nullable(),
  /** in the reporting currency; null without an amount or a rate: then it is valued at the mean order */
  amount: moneyText.nullable(),
  /** its part of what the forecast of the window expects of existing opportunities */
  expected: moneyText,
});

const forecastPartsView = pageOf(expectedOpportunity).extend({
  node: forecastNode,
  window: forecastWindow,
  asOf: instant,
  /** what `GET /forecasts` shows under `existing`, of everything or of what was asked for; visible + hidden, to the minor unit */
  existing: expectedTotal,
  /** what the caller may see, over all pages */
  visible: expectedTotal,
  /** what counts for the node and the caller may not see */
  hidden: expectedTotal,
});

/** The opportunities behind a forecast. */
export const forecastPartRoutes = defineRoutes({
  'GET /forecasts/parts': {
    summary:
      'Lists the open opportunities behind a forecast, the largest expected value first. Their expected values sum to the existing part of the forecast, to the cent.',
    roles: ['rep', 'manager', 'operations', 'admin'],
    query: pageQuery.extend({
      level: forecastLevel.default('company'),
      /** as in `GET /forecasts` */
      key: z.string().min(1).max(80).default('company'),
      window: windowKind.default('month'),
      process: processId.optional(),
      /** the last milestone that the customer reached */
      milestone: reachedMilestone.optional(),
    }),
    answers: { 200: forecastPartsView },
    refusals: { 'node-not-found': 404, 'settings-missing': 422, 'process-not-found': 422, 'milestone-not-found': 422 },
  },
});
