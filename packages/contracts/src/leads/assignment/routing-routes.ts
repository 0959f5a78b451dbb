import { day, leadId, repId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes, pageOf, pageQuery } from '../../define-api.ts';
import { plainText } from '../../fragments.ts';
import { leadHead, leadItem } from '../lead/lead-views.ts';
import { routingRules, sellerProfile, sellerSettings, territories, territoryId } from './routing-document.ts';
import { giveBackReason } from './routing-events.ts';
import { queueView, routingRehearsal, routingView, sellerListed, sellerView, territoriesView } from './routing-views.ts';

const staff = ['operations', 'admin'] as const;
const managers = ['manager', ...staff] as const;
const sellers = ['rep', ...managers] as const;

const ofPredicate = { 'field-not-found': 422, 'test-not-applicable': 422, 'value-invalid': 422 } as const;
const ofTerritories = { 'duplicate-territory': 422, 'parent-territory-not-found': 422, 'territory-cycle': 422, ...ofPredicate } as const;
const ofHours = { 'region-not-found': 422, 'no-working-time': 422 } as const;
const ofRouting = { 'duplicate-rule': 422, 'territory-not-found': 422, 'team-not-found': 422, ...ofHours, ...ofPredicate } as const;

/** Territories, routing profiles, routing rules and queues. */
export const routingRoutes = defineRoutes({
  'GET /sellers': {
    summary:
      'Lists reps as routing sees them: whether active, absences, capacity, open leads, skills, territories and languages. A manager sees their own teams.',
    roles: managers,
    query: pageQuery.extend({ active: z.enum(['true', 'false']).optional() }),
    answers: { 200: pageOf(sellerListed) },
    refusals: {},
  },
  'GET /sellers/{repId}': {
    summary: 'Returns the routing profile of a rep, with the number of open leads. Carries an ETag.',
    roles: sellers,
    path: z.object({ repId }),
    answers: { 200: sellerView },
    refusals: { 'rep-not-found': 404 },
  },
  'PUT /sellers/{repId}': {
    summary:
      'Sets skills, languages, territories, capacity, weight, working hours and absences of a rep. A rep who is absent gives back the leads that would be missed.',
    roles: managers,
    path: z.object({ repId }),
    body: sellerSettings,
    answers: { 200: sellerView },
    refusals: { 'rep-not-found': 404, 'territory-not-found': 422, ...ofHours, 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'GET /territories': {
    summary: 'Returns the territory tree, what lies in one territory (`under`), or what is effective on a day (`on`). Carries an ETag.',
    roles: [...sellers, 'marketing'],
    query: z.object({ under: territoryId.optional(), on: day.optional() }),
    answers: { 200: territoriesView },
    refusals: { 'territory-not-found': 404 },
  },
  'PUT /territories': {
    summary: 'Publishes a new territory tree. It applies to leads that are routed from now on.',
    roles: staff,
    body: z.strictObject({ territories }),
    answers: { 200: territoriesView },
    refusals: { ...ofTerritories, 'territory-in-use': 422, 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'GET /routing': {
    summary: 'Returns the routing rules in order; the first rule that matches decides. Carries an ETag.',
    roles: [...sellers, 'marketing'],
    answers: { 200: routingView },
    refusals: {},
  },
  'PUT /routing': {
    summary:
      'Publishes new routing rules. They apply to leads that are routed from now on. POST /routing/rehearse shows in advance what they would have changed.',
    roles: staff,
    body: routingRules,
    answers: { 200: routingView },
    refusals: { ...ofRouting, 'name-not-found': 422, 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'POST /routing/rehearse': {
    inLanguages: true,
    summary: 'Shows who would have received the leads of the last 30 days under other rules, territories or profiles. Nothing is changed.',
    roles: staff,
    body: z.strictObject({
      document: routingRules.optional(),
      territories: territories.optional(),
      /** replace the profiles of the same reps */
      profiles: z.array(sellerProfile).max(500).optional(),
    }),
    answers: { 200: routingRehearsal },
    refusals: { ...ofTerritories, ...ofRouting },
  },
  'GET /queues': {
    summary: 'Lists the queues that the caller may pick from, with the number of leads that wait and the earliest deadline.',
    roles: sellers,
    answers: { 200: z.object({ items: z.array(queueView) }) },
    refusals: {},
  },
  'GET /queues/{queueId}': {
    summary: 'Lists the leads in a queue, the earliest deadline first.',
    roles: sellers,
    path: z.object({ queueId: z.string().max(60) }),
    query: pageQuery,
    answers: { 200: pageOf(leadItem) },
    refusals: { 'queue-not-found': 404 },
  },
  'POST /leads/{leadId}/pick': {
    summary: 'Lets a rep pick a waiting lead from a queue of their team. It counts like an assignment by hand.',
    roles: ['rep', 'manager'],
    path: z.object({ leadId }),
    body: z.strictObject({}),
    answers: { 200: leadHead },
    refusals: { 'lead-not-found': 404, 'lead-not-queued': 422, 'rep-not-found': 422, 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'POST /leads/{leadId}/give-back': {
    summary:
      'Gives a lead back, with a reason; its owner or a manager may do this. The rules assign it to another rep, or queue it if none is eligible. It still counts as a turn of the former owner.',
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
      'reason-missing': 422,
      'version-conflict': 412,
    },
    ifMatch: 'required',
  },
});
