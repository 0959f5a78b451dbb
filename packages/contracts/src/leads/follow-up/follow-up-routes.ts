import { repId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes, pageOf, pageQuery } from '../../define-api.ts';
import { comparisonView, followUpSequences, taskId, taskView } from './follow-up-sequences.ts';

const sellers = ['rep', 'manager', 'operations', 'admin'] as const;
const planners = ['manager', 'marketing', 'operations', 'admin'] as const;

const sequencesView = z.object({ version: z.int().nonnegative(), sequences: followUpSequences });
const sequencePath = z.object({ sequenceId: z.string().max(60) });

/** What is done for leads until they answer. */
export const followUpRoutes = defineRoutes({
  'GET /follow-up-sequences': {
    summary: 'What is done for leads of which category and status, step by step. Carries an ETag.',
    roles: [...sellers, 'marketing'],
    answers: { 200: sequencesView },
    refusals: {},
  },
  'PUT /follow-up-sequences': {
    summary: 'New sequences, for leads that begin one from now on; plans that run go on as they began.',
    roles: ['marketing', 'operations', 'admin'],
    body: z.strictObject({ sequences: followUpSequences }),
    answers: { 200: sequencesView },
    refusals: {
      'duplicate-sequence': 422,
      'duplicate-step': 422,
      'steps-out-of-order': 422,
      'purpose-missing': 422,
      'category-not-found': 422,
      'sequences-too-large': 422,
      'version-conflict': 412,
    },
    ifMatch: 'required',
  },
  'GET /follow-up-sequences/{sequenceId}/comparison': {
    summary: 'Which of two wordings is answered more often, by a test that may be looked at any time.',
    roles: planners,
    path: sequencePath,
    answers: { 200: comparisonView },
    refusals: { 'sequence-not-found': 404, 'nothing-to-compare': 422 },
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
    refusals: { 'task-not-found': 404 },
  },
});
