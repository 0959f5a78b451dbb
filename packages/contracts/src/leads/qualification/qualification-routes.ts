import { leadId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes, pageQuery } from '../../define-api.ts';
import { plainText } from '../../fragments.ts';
import { learnedModelView, qualificationDifference, rehearsalOf, scoreDifference, segmentPreview } from '../lead/lead-explanations.ts';
import { bantDraft, criteria, disqualifyReason } from './qualification.ts';
import { pointsDraft } from './scoring.ts';
import { segment, segments } from './segments.ts';
import { leadHead } from '../lead/lead-views.ts';

const marketers = ['marketing', 'operations', 'admin'] as const;
const planners = ['manager', 'marketing', 'operations', 'admin'] as const;
const sellers = ['rep', 'manager', 'operations', 'admin'] as const;

const criteriaView = z.object({ version: z.int().nonnegative(), criteria: criteria.nullable() });
const segmentsView = z.object({ version: z.int().nonnegative(), segments });
const rehearsalQuery = pageQuery.extend({ days: z.coerce.number().int().min(1).max(90).default(30) });

const predicateRefusals = { 'field-not-found': 422, 'test-not-applicable': 422, 'value-invalid': 422 } as const;
const named = { 'name-not-found': 422 } as const;
const criteriaRefusals = { ...predicateRefusals, 'intent-missing': 422, 'fit-missing': 422, 'duplicate-category': 422 } as const;
/** Who may not see leads cannot find out by a rule what one of them says. */
const confidential = { 'field-confidential': 422 } as const;
const stale = { 'version-conflict': 412 } as const;
const pastQualifying = { 'lead-not-found': 404, 'lead-converted': 422, 'lead-merged': 422, 'lead-erased': 422 } as const;

/** The refusals of a new points table. */
export const pointsRefusals = {
  ...predicateRefusals,
  'duplicate-rule': 422,
  'rule-without-points': 422,
  'value-missing': 422,
  'grades-out-of-order': 422,
  'rules-missing': 422,
  'mixed-rules': 422,
} as const;

export const qualificationRoutes = defineRoutes({
  'POST /leads/{leadId}/qualify': {
    summary:
      'Records what the customer said about budget, authority, need or timing, each with its evidence and day. The criteria then decide the stage.',
    roles: sellers,
    path: z.object({ leadId }),
    body: z.strictObject({
      budget: bantDraft.optional(),
      authority: bantDraft.optional(),
      need: bantDraft.optional(),
      timing: bantDraft.optional(),
    }),
    answers: { 200: leadHead },
    refusals: {
      ...pastQualifying,
      'bant-missing': 422,
      'value-missing': 422,
      'evidence-missing': 422,
      'date-missing': 422,
      'date-too-old': 422,
      'date-in-future': 422,
      ...stale,
    },
    ifMatch: 'required',
  },
  'POST /leads/{leadId}/disqualify': {
    summary: 'Disqualifies the lead for a reason. It is requalified when the person comes back or a rep records what the customer said.',
    roles: sellers,
    path: z.object({ leadId }),
    body: z.strictObject({ reason: disqualifyReason.optional(), note: plainText(2000).optional() }),
    answers: { 200: leadHead },
    refusals: { ...pastQualifying, 'reason-missing': 422, ...stale },
    ifMatch: 'required',
  },
  'GET /qualification': {
    summary: 'Returns the criteria of marketing and sales in force. Carries an ETag.',
    roles: [...sellers, 'marketing'],
    answers: { 200: criteriaView },
    refusals: {},
  },
  'PUT /qualification': {
    summary: 'Publishes new criteria. They apply to what happens from now on; leads keep the stages that they have reached.',
    roles: marketers,
    body: criteria,
    answers: { 200: criteriaView },
    refusals: { ...criteriaRefusals, ...named, ...stale },
    ifMatch: 'required',
  },
  'GET /segments': {
    summary: 'Returns the segments of the market. Carries an ETag.',
    roles: [...sellers, 'marketing'],
    answers: { 200: segmentsView },
    refusals: {},
  },
  'PUT /segments': {
    summary: 'Publishes new segments, at once and for all leads. A lead passes its first segment on to its opportunity.',
    roles: marketers,
    body: z.strictObject({ segments }),
    answers: { 200: segmentsView },
    refusals: { ...predicateRefusals, ...named, 'duplicate-segment': 422, ...stale },
    ifMatch: 'required',
  },
  'POST /segments/preview': {
    summary: 'Shows how large a segment would be and how it overlaps with the others. Nothing is saved.',
    roles: planners,
    body: z.strictObject({ segment, days: z.int().min(1).max(730).default(365) }),
    answers: { 200: segmentPreview },
    refusals: { ...predicateRefusals, ...confidential },
  },
  'POST /points/rehearsal': {
    inLanguages: true,
    summary: 'Shows which leads of the last days would have a different score with this table, page by page. Nothing is saved.',
    roles: planners,
    query: rehearsalQuery,
    body: pointsDraft,
    answers: { 200: rehearsalOf(scoreDifference) },
    refusals: { ...pointsRefusals, ...confidential },
  },
  'POST /qualification/rehearsal': {
    inLanguages: true,
    summary:
      'Shows which leads would have been qualified differently by these criteria, with what was known at the time. Nothing is saved.',
    roles: planners,
    query: rehearsalQuery,
    body: criteria,
    answers: { 200: rehearsalOf(qualificationDifference) },
    refusals: { ...criteriaRefusals, ...confidential },
  },
  'GET /learned-score': {
    summary: 'Returns the learned score: its readable weights, and how well its predictions came true for each source.',
    roles: planners,
    answers: { 200: learnedModelView },
    refusals: {},
  },
});
