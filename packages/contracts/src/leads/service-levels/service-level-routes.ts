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

/** What sales promises, and how a rep keeps it. */
export const serviceLevelRoutes = defineRoutes({
  'GET /service-levels': {
    summary: 'Within what working time sales answers which leads. Carries an ETag.',
    roles: [...sellers, 'marketing'],
    answers: { 200: levelsView },
    refusals: {},
  },
  'PUT /service-levels': {
    summary: 'New levels, for clocks that start from now on: by source, segment, team and all else that is known of a lead.',
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
    summary: 'A rep got in touch. An automatic reply does not count; of several answers the earliest does.',
    roles: sellers,
    path: z.object({ leadId }),
    body: z.strictObject({ channel: answerChannel, at: instant.optional(), automatic: z.boolean().default(false) }),
    answers: { 200: leadHead },
    refusals: { ...goneRefusals, ...timeRefusals, 'automatic-answer': 422, ...stale },
    ifMatch: 'required',
  },
  'POST /leads/{leadId}/wait': {
    summary:
      'It is the customer’s turn: the clock stands still until the person writes again, or somebody says so. Until then the books keep the deadline from before.',
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
    summary: 'The customer came back: the clock runs on.',
    roles: sellers,
    path: z.object({ leadId }),
    body: z.strictObject({}),
    answers: { 200: leadHead },
    refusals: { ...goneRefusals, 'no-service-level': 422, 'service-level-not-paused': 422, 'time-before-start': 422, ...stale },
    ifMatch: 'required',
  },
});
