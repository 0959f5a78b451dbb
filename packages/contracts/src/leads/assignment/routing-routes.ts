import { day, leadId, repId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes, pageOf, pageQuery } from '../../define-api.ts';
import { plainText } from '../../fragments.ts';
import { leadHead, leadView } from '../lead/lead-views.ts';
import { routingRules, sellerProfile, sellerSettings, territories, territoryId } from './routing-document.ts';
import { giveBackReason } from './routing-events.ts';
import { routingRehearsal, routingView, sellerListed, sellerView, territoriesView } from './routing-views.ts';

const staff = ['operations', 'admin'] as const;
const managers = ['manager', ...staff] as const;
const sellers = ['rep', ...managers] as const;

const ofPredicate = { 'field-not-found': 422, 'test-not-applicable': 422, 'value-invalid': 422 } as const;
const ofTerritories = { 'duplicate-territory': 422, 'parent-territory-not-found': 422, 'territory-cycle': 422, ...ofPredicate } as const;
const ofHours = { 'region-not-found': 422, 'no-working-time': 422 } as const;
const ofRouting = { 'duplicate-rule': 422, 'territory-not-found': 422, 'team-is-unknown': 422, ...ofHours, ...ofPredicate } as const;

/** Who sells what where, and who gets which lead. */
export const routingRoutes = defineRoutes({
  'GET /sellers': {
    summary:
      'What routing knows of each rep: active or not, absences, capacity and open leads, skills, territories, languages. A manager sees the own teams.',
    roles: managers,
    query: pageQuery.extend({ active: z.enum(['true', 'false']).optional() }),
    answers: { 200: pageOf(sellerListed) },
    refusals: {},
  },
  'GET /sellers/{repId}': {
    summary: 'What a rep can do, how much, when, and how many open leads there are. Carries an ETag.',
    roles: sellers,
    path: z.object({ repId }),
    answers: { 200: sellerView },
    refusals: { 'rep-is-unknown': 404 },
  },
  'PUT /sellers/{repId}': {
    summary: 'Skills, languages, territories, capacity, weight, working hours and absences of a rep; who is away gives leads back.',
    roles: managers,
    path: z.object({ repId }),
    body: sellerSettings,
    answers: { 200: sellerView },
    refusals: { 'rep-is-unknown': 404, 'territory-not-found': 422, ...ofHours, 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'GET /territories': {
    summary: 'The tree of territories, or what lies in one of them, or what is effective on a day. Carries an ETag.',
    roles: [...sellers, 'marketing'],
    query: z.object({ under: territoryId.optional(), on: day.optional() }),
    answers: { 200: territoriesView },
    refusals: { 'territory-not-found': 404 },
  },
  'PUT /territories': {
    summary: 'A new tree of territories, for leads from now on.',
    roles: staff,
    body: z.strictObject({ territories }),
    answers: { 200: territoriesView },
    refusals: { ...ofTerritories, 'territory-in-use': 422, 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'GET /routing': {
    summary: 'The rules in order, the first that is true decides. Carries an ETag.',
    roles: [...sellers, 'marketing'],
    answers: { 200: routingView },
    refusals: {},
  },
  'PUT /routing': {
    summary: 'New rules, for leads from now on; POST /routing/rehearse shows before what they would have changed.',
    roles: staff,
    body: routingRules,
    answers: { 200: routingView },
    refusals: { ...ofRouting, 'name-not-found': 422, 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'POST /routing/rehearse': {
    summary: 'Who would have got which lead of the last 30 days by other rules, territories or profiles; nothing is changed.',
    roles: staff,
    body: z.strictObject({
      document: routingRules.optional(),
      territories: territories.optional(),
      /** instead of those of the same reps */
      profiles: z.array(sellerProfile).max(500).optional(),
    }),
    answers: { 200: routingRehearsal },
    refusals: { ...ofTerritories, ...ofRouting },
  },
  'GET /queues/{queueId}': {
    summary: 'Leads that wait for somebody to pick them, the first due first.',
    roles: sellers,
    path: z.object({ queueId: z.string().max(60) }),
    query: pageQuery,
    answers: { 200: pageOf(leadView) },
    refusals: { 'queue-not-found': 404 },
  },
  'POST /leads/{leadId}/pick': {
    summary: 'A rep of the queue’s team takes a waiting lead; it counts as one that was given by hand.',
    roles: ['rep', 'manager'],
    path: z.object({ leadId }),
    body: z.strictObject({}),
    answers: { 200: leadHead },
    refusals: { 'lead-not-found': 404, 'lead-not-queued': 422, 'rep-is-unknown': 422, 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'POST /leads/{leadId}/give-back': {
    summary:
      'The owner, or who leads people, gives a lead back with a reason: it goes to somebody else by the rules, else it waits in its queue. No turn is given back for it.',
    roles: sellers,
    path: z.object({ leadId }),
    body: z.strictObject({ reason: giveBackReason.optional(), note: plainText(500).optional() }),
    answers: { 200: leadHead },
    refusals: {
      'lead-not-found': 404,
      'lead-without-owner': 422,
      'lead-converted': 422,
      'lead-disqualified': 422,
      'lead-merged': 422,
      'lead-erased': 422,
      'reason-is-missing': 422,
      'version-conflict': 412,
    },
    ifMatch: 'required',
  },
});
