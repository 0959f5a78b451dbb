import * as z from 'zod';
import { defineRoutes } from '../../define-api.ts';
import { pointsDraft, scoringRules } from './scoring.ts';
import { pointsRule, survivorshipRules } from '../people/person-fields.ts';
import { pointsRefusals } from './qualification-routes.ts';

const survivorshipView = z.object({ version: z.int().nonnegative(), rules: survivorshipRules });
const retentionDays = z.strictObject({
  new: z.int().min(1).max(3650).nullable(),
  working: z.int().min(1).max(3650).nullable(),
  converted: z.int().min(1).max(3650).nullable(),
  /** absent: as long as `new` */
  mql: z.int().min(1).max(3650).nullable().optional(),
  sql: z.int().min(1).max(3650).nullable().optional(),
  disqualified: z.int().min(1).max(3650).nullable().optional(),
});
const retentionView = z.object({ version: z.int().nonnegative(), days: z.record(z.string(), z.int().positive().nullable()) });

/** `rules` is set only if the table was published without predicates; `fit` then holds the equivalent predicates. */
const pointsView = z.object({ version: z.int().nonnegative(), rules: z.array(pointsRule), ...scoringRules.shape });

const staff = ['operations', 'admin'] as const;
const marketers = ['marketing', 'operations', 'admin'] as const;
const sellers = ['rep', 'manager', 'operations', 'admin'] as const;

export const leadRuleRoutes = defineRoutes({
  'GET /survivorship': {
    summary: 'Returns the survivorship rules. Carries an ETag.',
    roles: [...sellers, 'marketing'],
    answers: { 200: survivorshipView },
    refusals: {},
  },
  'PUT /survivorship': {
    summary: 'Publishes new survivorship rules, at once and for all leads. No value is lost.',
    roles: staff,
    body: survivorshipRules,
    answers: { 200: survivorshipView },
    refusals: { 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'GET /retention': {
    summary: 'Returns how long leads of each status are kept after their last touchpoint. Carries an ETag.',
    roles: staff,
    answers: { 200: retentionView },
    refusals: {},
  },
  'PUT /retention': {
    summary: 'Publishes new retention times. The nightly run erases leads that are past them.',
    roles: staff,
    body: retentionDays,
    answers: { 200: retentionView },
    refusals: { 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'GET /points': {
    summary: 'Returns the points table in force. Carries an ETag.',
    roles: [...sellers, 'marketing'],
    answers: { 200: pointsView },
    refusals: {},
  },
  'PUT /points': {
    summary: 'Publishes a new version of the points table. It applies to what happens to leads from now on.',
    roles: marketers,
    body: pointsDraft,
    answers: { 200: pointsView },
    refusals: { ...pointsRefusals, 'name-not-found': 422, 'version-conflict': 412 },
    ifMatch: 'required',
  },
});
