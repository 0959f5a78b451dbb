import { leadId, processId, repId, sourceId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { historyEntry } from '../../audit/history-route.ts';
import { defineRoutes, pageOf, pageQuery } from '../../define-api.ts';
import { plainText } from '../../fragments.ts';
import { grade } from '../qualification/scoring.ts';
import { contactId, leadStatus } from './lead-events.ts';
import { accessReport, consentView, leadDetail, leadHead, leadPage, leadsFound, sharedContactView } from './lead-views.ts';
import { handOver, handOverView } from '../../hand-over.ts';

const staff = ['operations', 'admin'] as const;
const sellers = ['rep', 'manager', 'operations', 'admin'] as const;
const purpose = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'begins with a small letter and has at most 40 small letters, digits or -, such as newsletter');

/** Leads, their assignment and their conversion. */
export const leadRoutes = defineRoutes({
  'GET /leads': {
    summary:
      'Lists leads by owner: for each owner those in work first, and the newest first. With a filter or `sort`, they are listed together and counted. A rep sees their own leads, a manager those of their teams.',
    roles: sellers,
    query: pageQuery.extend({
      owner: repId.optional(),
      /** `open`: sales still has to work on it */
      status: z.enum(['open', ...leadStatus.options]).optional(),
      /** the team of the owner or of the queue, with the teams below it */
      team: teamId.optional(),
      queue: z.string().max(60).optional(),
      grade: grade.optional(),
      source: sourceId.optional(),
      /** `due`: the earliest deadline first; `score`: the highest first; the default of a filtered list is `newest` */
      sort: z.enum(['due', 'newest', 'oldest', 'score', 'title']).optional(),
    }),
    answers: { 200: leadPage },
    refusals: { 'list-too-long': 422, 'rep-not-found': 422 },
  },
  'POST /search/leads': {
    summary:
      'Finds leads by person, company, e-mail address, phone number or id: at most 20, those in work first. Case, accents, the order of words and missing ends are forgiven. A POST, so that no name stands in an address.',
    roles: sellers,
    body: z.strictObject({ text: plainText(200) }),
    answers: { 200: leadsFound },
    refusals: {},
  },
  'GET /leads/{leadId}': {
    inLanguages: true,
    summary:
      'Returns a lead with its touchpoints, and explains its points, stage and owner. Only managers and sales operations see which colleagues were passed over and why. Carries an ETag.',
    roles: sellers,
    path: z.object({ leadId }),
    answers: { 200: leadDetail },
    refusals: { 'lead-not-found': 404 },
  },
  'GET /leads/{leadId}/history': {
    inLanguages: true,
    summary: 'Lists who recorded what on a lead, and each value before and after, the newest first. What the person said is left out.',
    roles: sellers,
    path: z.object({ leadId }),
    query: pageQuery,
    answers: { 200: pageOf(historyEntry) },
    refusals: { 'lead-not-found': 404 },
  },
  'POST /leads/hand-over': {
    summary:
      'Gives all leads that are not converted of a rep to another one, such as those of somebody who leaves. Answers a result for each; where `more` is true, send it again.',
    roles: ['manager', 'operations', 'admin'],
    body: handOver,
    answers: { 200: handOverView },
    keepsBody: true,
    refusals: { 'rep-not-found': 422, 'same-rep': 422 },
  },
  'POST /leads/{leadId}/assign': {
    summary: 'Assigns the lead to a rep by hand. The assignment counts in the rotation.',
    roles: ['manager', 'operations', 'admin'],
    path: z.object({ leadId }),
    body: z.strictObject({ repId }),
    answers: { 200: leadHead },
    refusals: {
      'lead-not-found': 404,
      'lead-converted': 422,
      'lead-merged': 422,
      'lead-erased': 422,
      'rep-not-found': 422,
      'version-conflict': 412,
    },
    ifMatch: 'required',
  },
  'POST /leads/{leadId}/convert': {
    summary: 'Turns the lead into an opportunity of a sales process. Without `processId`, the process that was published first is used.',
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
      'process-not-found': 422,
      'version-conflict': 412,
    },
    ifMatch: 'required',
  },
});

/** Merging, erasure, access and consent. */
export const personRoutes = defineRoutes({
  'POST /leads/{leadId}/merge': {
    summary: 'Merges another lead of the same person into this one, which takes over everything that is known of it. Can be undone.',
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
    summary: 'Undoes a merge, because the leads are two people after all. Both leads are again as they were before it.',
    roles: ['manager', 'operations', 'admin'],
    path: z.object({ leadId }),
    body: z.strictObject({ absorbed: leadId }),
    answers: { 200: leadHead },
    refusals: { 'lead-not-found': 404, 'lead-not-merged': 422, 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'GET /shared-contacts': {
    summary:
      'Lists the addresses and numbers that more names use than the company allows, the longest waiting first, until somebody decides about them.',
    roles: staff,
    query: pageQuery,
    answers: { 200: pageOf(sharedContactView) },
    refusals: {},
  },
  'POST /leads/{leadId}/shared-contacts/{contactId}/decide': {
    summary:
      'Decides about an address or number that many names use. `one-person`: it identifies this person again, whatever the name. `shared`: it identifies a person only together with the name. Leads that exist stay as they are.',
    roles: staff,
    path: z.object({ leadId, contactId }),
    body: z.strictObject({ decision: z.enum(['one-person', 'shared']) }),
    answers: { 200: sharedContactView },
    refusals: { 'lead-not-found': 404, 'contact-not-found': 404, 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'DELETE /leads/{leadId}': {
    summary: 'Erases the person: everything personal is deleted within minutes. Figures stay.',
    roles: staff,
    path: z.object({ leadId }),
    answers: { 202: leadHead },
    refusals: { 'lead-not-found': 404 },
  },
  'GET /leads/{leadId}/access-report': {
    summary:
      'Returns everything that is stored about this person as a lead, to be handed over. GET /opportunities/{opportunityId} has what the person said as a customer.',
    roles: staff,
    path: z.object({ leadId }),
    answers: { 200: accessReport },
    refusals: { 'lead-not-found': 404 },
  },
  'POST /leads/{leadId}/consents/{purpose}/withdraw': {
    summary: 'Records that the person withdrew a consent.',
    roles: [...sellers, 'marketing'],
    path: z.object({ leadId, purpose }),
    body: z.strictObject({}),
    answers: { 200: z.object({ consents: z.array(consentView) }) },
    refusals: { 'lead-not-found': 404, 'consent-not-found': 404 },
  },
});
