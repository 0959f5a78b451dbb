import { day, moneyText, processId, repId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineApi, pageOf, pageQuery } from '../define-api.ts';
import { forecastLevel, leakDimension, stageProbabilities, windowKind } from './events.ts';
import {
  progressView,
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

/** 1 leaves things as they are. */
const multiplier = z.number().min(0).max(10).default(1);

export const forecastApi = defineApi({
  service: 'forecast',
  routes: {
    'GET /forecasts': {
      summary: 'What will be won in the current week, month or quarter, from the customers’ milestones alone, and why that changed.',
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
          error: 'explains what is forecast now; leave `snapshot` out',
        }),
      answers: { 200: forecastView },
      refusals: { ...nodeRefusals, 'snapshot-not-found': 404, 'snapshot-window-mismatch': 422 },
    },
    'GET /forecasts/progress': {
      summary: 'The current week, month and quarter: what is won so far beside what was forecast when each began.',
      roles: everyoneInSales,
      query: z.object(asked),
      answers: { 200: progressView },
      refusals: nodeRefusals,
    },
    'GET /forecasts/grades': {
      summary:
        'How good the forecasts of ended windows were, beside simpler methods and managers’ own figures; apart from them, those of replayed history.',
      roles: everyoneInSales,
      query: z.object({
        level: forecastLevel.default('company'),
        /** absent: all nodes of the level together, for those who see the whole company */
        key: z.string().min(1).max(80).optional(),
        window: windowKind.default('month'),
      }),
      answers: { 200: gradesView },
      refusals: nodeRefusals,
    },
    'POST /forecasts/replays': {
      summary:
        'Forecasts the ended windows of the recorded history from what was recorded by each day, and grades them. Ask after an import; the answer is in the grades, marked as replayed.',
      roles: ['operations', 'admin'],
      answers: { 202: replayView },
      refusals: { 'settings-missing': 422 },
    },
    'GET /forecasts/stage-probabilities/{processId}': {
      summary: 'The fixed probabilities of a process that are graded as a baseline. Carries an ETag.',
      roles: ['operations', 'finance', 'admin'],
      path: z.object({ processId }),
      answers: { 200: stageProbabilitiesView },
      refusals: { 'stage-probabilities-not-found': 404 },
    },
    'PUT /forecasts/stage-probabilities/{processId}': {
      summary: 'Sets the fixed probabilities that the company used before, to be graded as a baseline. No forecast reads them.',
      roles: ['operations', 'admin'],
      path: z.object({ processId }),
      body: z.strictObject({
        probabilities: stageProbabilities,
        /** in force since that day: replayed windows before it do not know them. Absent: since today */
        since: day.optional(),
      }),
      answers: { 200: stageProbabilitiesView },
      refusals: { 'milestone-not-found': 422, 'duplicate-milestone': 422, 'process-not-found': 422, 'version-conflict': 412 },
      ifMatch: 'required',
    },
    'POST /forecasts/judgements': {
      summary: 'Sets an own figure beside the computed one, for the current window of a node that one leads. It changes no forecast.',
      roles: leaders,
      body: z.strictObject({ ...askedWindow, amount: moneyText, reason: z.string().trim().min(1).max(2000) }),
      answers: { 201: judgementView },
      refusals: { ...nodeRefusals, 'currency-not-reporting-currency': 422 },
    },
    'GET /forecasts/judgements': {
      summary: 'Own figures for a node, newest window first, every version of each.',
      roles: [...leaders, 'finance'],
      query: pageQuery.extend(askedWindow),
      answers: { 200: pageOf(judgementView) },
      refusals: nodeRefusals,
    },
    'POST /forecasts/what-if': {
      summary: 'The forecast as it would be with other amounts, win rates or arrivals, or without some reps. Nothing is kept.',
      roles: [...leaders, 'finance'],
      body: z.strictObject({
        ...askedWindow,
        amount: multiplier,
        winRate: multiplier,
        arrivals: multiplier,
        /** reps who would leave: their open opportunities and what they would open are gone */
        lostReps: z.array(repId).max(100).default([]),
      }),
      answers: { 200: whatIfView },
      refusals: { ...nodeRefusals, 'rep-not-found': 422 },
    },
    'GET /leaks': {
      summary: 'Where fewer customers go on than used to, what that costs, and which opportunities have fallen silent.',
      roles: everyoneInSales,
      query: z.object({
        process: processId.optional(),
        dimension: leakDimension.optional(),
        /** `leaks`: only what is hardly chance */
        only: z.enum(['leaks', 'everything']).default('everything'),
      }),
      answers: { 200: leaksView },
      refusals: { 'settings-missing': 422 },
    },
  },
});
