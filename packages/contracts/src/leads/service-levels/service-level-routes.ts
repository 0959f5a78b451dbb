import { instant, leadId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes } from '../../define-api.ts';
import { leadHead } from '../lead/lead-views.ts';
import { answerChannel, serviceLevels } from './service-levels.ts';

const sellers = ['rep', 'manager', 'operations', 'admin'] as const;
const stale = { 'version-conflict': 412 } as const;
const goneRefusals = { 'lead-not-found': 404, 'lead-merged': 422, 'lead-erased': 422, 'lead-closed': 422 } as const;
const timeRefusals = { 'time-before-start': 422, 'time-in-future': 422 } as const;

const levelsView = z.object({ version: z.int().nonnegative(), ...serviceLevels.shape });

/** Service levels, and how a rep answers, pauses and resumes. */
export const serviceLevelRoutes = defineRoutes({
  'GET /service-levels': {
    summary: 'Returns the service levels: within how much working time sales answers which leads. Carries an ETag.',
    roles: [...sellers, 'marketing'],
    answers: { 200: levelsView },
    refusals: {},
  },
  'PUT /service-levels': {
    summary:
      'Publishes new service levels, by source, segment, team and any other field of a lead. They apply to leads whose service level starts from now on.',
    roles: ['operations', 'admin'],
    body: serviceLevels,
    answers: { 200: levelsView },
    refusals: {
      'field-not-found': 422,
      'test-not-applicable': 422,
      'value-invalid': 422,
      'name-not-found': 422,
      'duplicate-service-level': 422,
      'steps-out-of-order': 422,
      'no-working-time': 422,
      'region-not-found': 422,
      ...stale,
    },
    ifMatch: 'required',
  },
  'POST /leads/{leadId}/answer': {
    summary: 'Records that a rep got in touch. An automatic reply does not count. If there are several answers, the earliest counts.',
    roles: sellers,
    path: z.object({ leadId }),
    body: z.strictObject({ channel: answerChannel, at: instant.optional(), automatic: z.boolean().default(false) }),
    answers: { 200: leadHead },
    refusals: { ...goneRefusals, ...timeRefusals, 'automatic-answer': 422, ...stale },
    ifMatch: 'required',
  },
  'POST /leads/{leadId}/wait': {
    summary:
      'Pauses the service level while sales waits for the customer, until the person writes again or somebody resumes it. Until then the service-level report keeps the deadline from before the pause.',
    roles: sellers,
    path: z.object({ leadId }),
    body: z.strictObject({}),
    answers: { 200: leadHead },
    refusals: {
      ...goneRefusals,
      'no-service-level': 422,
      'lead-answered': 422,
      'service-level-paused': 422,
      'time-before-start': 422,
      ...stale,
    },
    ifMatch: 'required',
  },
  'POST /leads/{leadId}/resume': {
    summary: 'Records that the customer replied, and resumes a paused service level.',
    roles: sellers,
    path: z.object({ leadId }),
    body: z.strictObject({}),
    answers: { 200: leadHead },
    refusals: { ...goneRefusals, 'no-service-level': 422, 'service-level-not-paused': 422, 'time-before-start': 422, ...stale },
    ifMatch: 'required',
  },
});
