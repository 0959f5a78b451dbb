import { day, moneyText, processId, repId } from '@meilenstein/kernel';
import * as z from 'zod';
import { auditRoute } from '../audit/audit-route.ts';
import { defineApi, pageOf, pageQuery } from '../define-api.ts';
import { forecastLevel, leakDimension, stageProbabilities, windowKind } from './events.ts';
import { forecastPartRoutes } from './part-routes.ts';
import { stallRoutes } from './stall-routes.ts';
import {
  progressView,
  forecastHistoryView,
  forecastView,
  gradesView,
  judgementView,
  leaksView,
  replayView,
  stageProbabilitiesView,
  whatIfView,
} from './views.ts';

const everyoneInSales = ['rep', 'manager', 'operations', 'finance', 'admin'] as const;
const leaders = ['manager', 'operations', 'admin'] as const;

const asked = {
  level: forecastLevel.default('company'),
  /** id of a team, rep or process, name of a segment (`none`: without one); `company` for the company */
  key: z.string().min(1).max(80).default('company'),
};
const askedWindow = { ...asked, window: windowKind.default('month') };

const nodeRefusals = { 'node-not-found': 404, 'settings-missing': 422 } as const;

/** 1 changes nothing */
const multiplier = z.number().min(0).max(10).default(1);

/** Nobody expects to win less than nothing. */
const judgedAmount = moneyText.refine(({ amount }) => !amount.startsWith('-'), {
  path: ['amount'],
  error: 'a judgement is not negative; 0 says that nothing will be won',
});

export const forecastApi = defineApi({
  service: 'forecast',
  routes: {
    'GET /audit/forecast': auditRoute('forecast'),
    'GET /forecasts': {
      summary: 'Returns the forecast of the current week, month or quarter, made from the customers’ milestones alone, and why it changed.',
      roles: everyoneInSales,
      query: z
        .object({
          ...askedWindow,
          /** a snapshot of that day instead of now */
          snapshot: day.optional(),
          /** explains the difference between now and the snapshot of that day */
          since: day.optional(),
        })
        .refine(({ snapshot, since }) => snapshot === undefined || since === undefined, {
          path: ['since'],
          error: 'explains the present forecast; leave `snapshot` out',
        }),
      answers: { 200: forecastView },
      refusals: { ...nodeRefusals, 'snapshot-not-found': 404, 'snapshot-window-mismatch': 422 },
    },
    'GET /forecasts/history': {
      summary: 'Returns the daily snapshots of the current week, month or quarter: what was booked and forecast on each day so far.',
      roles: everyoneInSales,
      query: z.object(askedWindow),
      answers: { 200: forecastHistoryView },
      refusals: nodeRefusals,
    },
    ...forecastPartRoutes,
    'GET /forecasts/progress': {
      summary: 'Returns what has been won so far in the current week, month and quarter, beside the forecast from its first day.',
      roles: everyoneInSales,
      query: z.object(asked),
      answers: { 200: progressView },
      refusals: nodeRefusals,
    },
    'GET /forecasts/grades': {
      summary:
        'Returns how good the forecasts of ended windows were, beside simpler methods and managers’ judgements; replayed history stands apart.',
      roles: everyoneInSales,
      query: z.object({
        level: forecastLevel.default('company'),
        /** absent: all nodes of the level together, for callers who see the whole company */
        key: z.string().min(1).max(80).optional(),
        window: windowKind.default('month'),
      }),
      answers: { 200: gradesView },
      refusals: nodeRefusals,
    },
    'POST /forecasts/replays': {
      summary:
        'Requests a replay: the ended windows of the recorded history are forecast from what was recorded by each day, and graded. Use it after an import; the grades appear in `GET /forecasts/grades` under `replayed`.',
      roles: ['operations', 'admin'],
      answers: { 202: replayView },
      refusals: { 'settings-missing': 422 },
    },
    'GET /forecasts/stage-probabilities/{processId}': {
      summary: 'Returns the fixed probabilities of a process, which are graded as a baseline. Carries an ETag.',
      roles: ['operations', 'finance', 'admin'],
      path: z.object({ processId }),
      answers: { 200: stageProbabilitiesView },
      refusals: { 'stage-probabilities-not-found': 404 },
    },
    'PUT /forecasts/stage-probabilities/{processId}': {
      summary: 'Sets the fixed probabilities that the company used before. They are graded as a baseline; no forecast reads them.',
      roles: ['operations', 'admin'],
      path: z.object({ processId }),
      body: z.strictObject({
        probabilities: stageProbabilities,
        /** in force since that day: replays of earlier days do not use them. Absent: since today */
        since: day.optional(),
      }),
      answers: { 200: stageProbabilitiesView },
      refusals: { 'milestone-not-found': 422, 'duplicate-milestone': 422, 'process-not-found': 422, 'version-conflict': 412 },
      ifMatch: 'required',
    },
    'POST /forecasts/judgements': {
      summary:
        'Sets a manager’s judgement, a figure beside the computed one, for the current window of a node that the caller leads. It changes no forecast.',
      roles: leaders,
      body: z.strictObject({ ...askedWindow, amount: judgedAmount, reason: z.string().trim().min(1).max(2000) }),
      answers: { 201: judgementView },
      refusals: { ...nodeRefusals, 'currency-not-reporting-currency': 422 },
    },
    'GET /forecasts/judgements': {
      summary: 'Lists the judgements for a node with all versions, newest window first.',
      roles: [...leaders, 'finance'],
      query: pageQuery.extend(askedWindow),
      answers: { 200: pageOf(judgementView) },
      refusals: nodeRefusals,
    },
    'POST /forecasts/what-if': {
      summary: 'Returns the forecast under other amounts, win rates or arrivals, or without some reps. Nothing is stored.',
      roles: [...leaders, 'finance'],
      body: z.strictObject({
        ...askedWindow,
        amount: multiplier,
        winRate: multiplier,
        arrivals: multiplier,
        /** reps who would leave: their open and future opportunities are left out */
        lostReps: z.array(repId).max(100).default([]),
      }),
      answers: { 200: whatIfView },
      refusals: { ...nodeRefusals, 'rep-not-found': 422 },
    },
    ...stallRoutes,
    'GET /leaks': {
      summary: 'Returns where fewer customers go on than before, what that costs, and which opportunities are stalled.',
      roles: everyoneInSales,
      query: z.object({
        process: processId.optional(),
        dimension: leakDimension.optional(),
        /** `leaks`: only drops that chance hardly explains */
        only: z.enum(['leaks', 'everything']).default('everything'),
      }),
      answers: { 200: leaksView },
      refusals: { 'settings-missing': 422, 'process-not-found': 422 },
    },
  },
});
