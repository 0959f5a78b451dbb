import { leadId, processId, repId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes, pageOf, pageQuery } from '../../define-api.ts';
import { accessReport, consentView, leadDetail, leadHead, leadView } from './lead-views.ts';

const staff = ['operations', 'admin'] as const;
const sellers = ['rep', 'manager', 'operations', 'admin'] as const;
const purpose = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** A lead, from the list to the opportunity. */
export const leadRoutes = defineRoutes({
  'GET /leads': {
    summary: 'Leads by owner, newest first within an owner: the own ones for a rep, the team’s for a manager.',
    roles: sellers,
    query: pageQuery.extend({ owner: repId.optional() }),
    answers: { 200: pageOf(leadView) },
    refusals: {},
  },
  'GET /leads/{leadId}': {
    summary:
      'One lead with its touchpoints, and why it has its points, its stage and its owner; who of the colleagues was passed over for what is told to managers and sales operations only. Carries an ETag.',
    roles: sellers,
    path: z.object({ leadId }),
    answers: { 200: leadDetail },
    refusals: { 'lead-not-found': 404 },
  },
  'POST /leads/{leadId}/assign': {
    summary: 'Gives the lead to a rep by hand; it counts in the fair choice.',
    roles: ['manager', 'operations', 'admin'],
    path: z.object({ leadId }),
    body: z.strictObject({ repId }),
    answers: { 200: leadHead },
    refusals: {
      'lead-not-found': 404,
      'lead-converted': 422,
      'lead-merged': 422,
      'lead-erased': 422,
      'rep-is-unknown': 422,
      'version-conflict': 412,
    },
    ifMatch: 'required',
  },
  'POST /leads/{leadId}/convert': {
    summary: 'Turns the lead into an opportunity of a sales process; without `processId` of the one that was published first.',
    roles: sellers,
    path: z.object({ leadId }),
    body: z.strictObject({ processId: processId.optional() }),
    answers: { 200: leadHead },
    refusals: {
      'lead-not-found': 404,
      'lead-converted': 422,
      'lead-disqualified': 422,
      'lead-merged': 422,
      'lead-erased': 422,
      'lead-without-owner': 422,
      'process-is-unknown': 422,
      'version-conflict': 412,
    },
    ifMatch: 'required',
  },
});

/** What concerns the person behind a lead. */
export const personRoutes = defineRoutes({
  'POST /leads/{leadId}/merge': {
    summary: 'The other lead is the same person: this one stays and learns what that one knew. Can be undone.',
    roles: ['manager', 'operations', 'admin'],
    path: z.object({ leadId }),
    body: z.strictObject({ other: leadId }),
    answers: { 200: leadHead },
    refusals: {
      'lead-not-found': 404,
      'same-lead': 422,
      'lead-merged': 422,
      'lead-erased': 422,
      'both-converted': 422,
      'converted-lead-absorbed': 422,
      'version-conflict': 412,
    },
    ifMatch: 'required',
  },
  'POST /leads/{leadId}/unmerge': {
    summary: 'The absorbed lead is another person after all: both are as they were.',
    roles: ['manager', 'operations', 'admin'],
    path: z.object({ leadId }),
    body: z.strictObject({ absorbed: leadId }),
    answers: { 200: leadHead },
    refusals: { 'lead-not-found': 404, 'lead-not-merged': 422, 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'DELETE /leads/{leadId}': {
    summary: 'Forgets the person: everything personal is deleted within minutes, figures stay.',
    roles: staff,
    path: z.object({ leadId }),
    answers: { 202: leadHead },
    refusals: { 'lead-not-found': 404 },
  },
  'GET /leads/{leadId}/access-report': {
    summary:
      'Everything that is kept about this person as a lead, to be handed over. What it said as a customer: GET /opportunities/{opportunityId}.',
    roles: staff,
    path: z.object({ leadId }),
    answers: { 200: accessReport },
    refusals: { 'lead-not-found': 404 },
  },
  'POST /leads/{leadId}/consents/{purpose}/withdraw': {
    summary: 'The person told us that it agrees no longer.',
    roles: [...sellers, 'marketing'],
    path: z.object({ leadId, purpose }),
    body: z.strictObject({}),
    answers: { 200: z.object({ consents: z.array(consentView) }) },
    refusals: { 'lead-not-found': 404, 'consent-not-found': 404 },
  },
});
