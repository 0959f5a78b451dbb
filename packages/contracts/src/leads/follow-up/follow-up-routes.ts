import { repId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes, pageOf, pageQuery } from '../../define-api.ts';
import { comparisonView, followUpPlans, taskId, taskView } from './follow-ups.ts';

const sellers = ['rep', 'manager', 'operations', 'admin'] as const;
const planners = ['manager', 'marketing', 'operations', 'admin'] as const;

const plansView = z.object({ version: z.int().nonnegative(), plans: followUpPlans });
const planPath = z.object({ planId: z.string().max(60) });

/** What is done for leads until they answer. */
export const followUpRoutes = defineRoutes({
  'GET /follow-up-plans': {
    summary: 'What is done for leads of which category and status, step by step. Carries an ETag.',
    roles: [...sellers, 'marketing'],
    answers: { 200: plansView },
    refusals: {},
  },
  'PUT /follow-up-plans': {
    summary: 'New plans, for leads that begin one from now on; plans that run go on as they began.',
    roles: ['marketing', 'operations', 'admin'],
    body: z.strictObject({ plans: followUpPlans }),
    answers: { 200: plansView },
    refusals: {
      'plan-is-there-twice': 422,
      'step-is-there-twice': 422,
      'steps-are-out-of-order': 422,
      'purpose-is-missing': 422,
      'category-is-unknown': 422,
      'plans-are-too-large': 422,
      'version-conflict': 412,
    },
    ifMatch: 'required',
  },
  'GET /follow-up-plans/{planId}/comparison': {
    summary: 'Which of two wordings is answered more often, by a test that may be looked at any time.',
    roles: planners,
    path: planPath,
    answers: { 200: comparisonView },
    refusals: { 'plan-is-unknown': 404, 'plan-compares-nothing': 422 },
  },
  'GET /tasks': {
    summary: 'What is to be done: the own tasks for a rep, the teams’ and their escalations for a manager; the earliest first.',
    roles: sellers,
    query: pageQuery.extend({ rep: repId.optional() }),
    answers: { 200: pageOf(taskView) },
    refusals: {},
  },
  'POST /tasks/{taskId}/done': {
    summary: 'It is done. Saying it again changes nothing.',
    roles: sellers,
    path: z.object({ taskId }),
    body: z.strictObject({}),
    answers: { 200: taskView },
    refusals: { 'task-is-unknown': 404 },
  },
});
