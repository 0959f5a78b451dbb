import { repId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes, pageOf, pageQuery } from '../../define-api.ts';
import { comparisonView, followUpSequences, taskId, taskView } from './follow-up-sequences.ts';

const sellers = ['rep', 'manager', 'operations', 'admin'] as const;
const planners = ['manager', 'marketing', 'operations', 'admin'] as const;

const sequencesView = z.object({ version: z.int().nonnegative(), sequences: followUpSequences });
const sequencePath = z.object({ sequenceId: z.string().max(60) });

/** Follow-up sequences, their comparison, and tasks. */
export const followUpRoutes = defineRoutes({
  'GET /follow-up-sequences': {
    summary: 'Returns the follow-up sequences by category and status, step by step. Carries an ETag.',
    roles: [...sellers, 'marketing'],
    answers: { 200: sequencesView },
    refusals: {},
  },
  'PUT /follow-up-sequences': {
    summary:
      'Publishes new follow-up sequences. They apply to leads that start one from now on; sequences that are running continue unchanged.',
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
    summary:
      'Compares the two wordings of each e-mail in a sequence by how often leads answer. Reading the result early or often does not distort it.',
    roles: planners,
    path: sequencePath,
    answers: { 200: comparisonView },
    refusals: { 'sequence-not-found': 404, 'nothing-to-compare': 422 },
  },
  'GET /tasks': {
    summary:
      'Lists open tasks, the earliest due first. A rep sees their own tasks; a manager sees the tasks and escalations of their teams.',
    roles: sellers,
    query: pageQuery.extend({ rep: repId.optional() }),
    answers: { 200: pageOf(taskView) },
    refusals: { 'rep-not-found': 422 },
  },
  'POST /tasks/{taskId}/done': {
    summary: 'Marks a task as done. Repeating the call changes nothing.',
    roles: sellers,
    path: z.object({ taskId }),
    body: z.strictObject({}),
    answers: { 200: taskView },
    refusals: { 'task-not-found': 404 },
  },
});
