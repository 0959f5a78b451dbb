import { day, instant, sourceId, submissionId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes, pageOf, pageQuery } from '../../define-api.ts';
import { reconciliationView, quarantinedView, sourceView, submissionView, trialView } from '../lead/lead-views.ts';
import { providerName, sourceSettings } from './source-settings.ts';

const marketers = ['marketing', 'operations', 'admin'] as const;

/** A secret that the sender made. */
const givenSecret = z.string().min(8).max(200);

const secretOnce = z.object({
  /** shown once, kept nowhere else that can be read */
  secret: z.string(),
  /** where senders without a signature post to: the address holds the secret */
  webhookPath: z.string(),
  /** what the sender is told to ask with in its handshake (Meta); null where it has none, or asks with the secret itself */
  verifyToken: z.string().nullable(),
  number: z.int().positive(),
  previousValidUntil: instant.nullable(),
});

const secretWasLost =
  'where it was lost, POST /sources/{sourceId}/secrets with a new key gives a new secret, and the one before stays valid for 24 hours; GET /sources finds the source';

export const sourceRoutes = defineRoutes({
  'GET /sources': {
    summary: 'The sources, by name.',
    roles: [...marketers, 'integration'],
    query: pageQuery,
    answers: { 200: pageOf(sourceView) },
    refusals: {},
  },
  'POST /sources': {
    summary: 'Registers a form, landing page or campaign. The signing secret is in this answer and nowhere else.',
    roles: marketers,
    body: sourceSettings.partial().required({ name: true }).extend({ provider: providerName, secret: givenSecret.optional() }),
    answers: { 201: z.object({ source: sourceView, secret: secretOnce.nullable() }) },
    refusals: { 'signature-missing': 422, 'setting-not-supported': 422 },
    answersOnce: secretWasLost,
  },
  'GET /sources/{sourceId}': {
    summary: 'One source. Carries an ETag.',
    roles: [...marketers, 'integration'],
    path: z.object({ sourceId }),
    answers: { 200: sourceView },
    refusals: { 'source-not-found': 404 },
  },
  'PUT /sources/{sourceId}': {
    summary: 'A new version of the settings, for submissions that are read from now on. Try a payload before.',
    roles: marketers,
    path: z.object({ sourceId }),
    body: sourceSettings,
    answers: { 200: sourceView },
    refusals: { 'source-not-found': 404, 'signature-missing': 422, 'setting-not-supported': 422, 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'POST /sources/{sourceId}/try': {
    summary: 'What a payload, or a submission in quarantine, would become, field by field, and why. Nothing is kept, nothing goes live.',
    roles: marketers,
    path: z.object({ sourceId }),
    body: z.strictObject({
      /** the body as the sender would send it */
      body: z.string().max(200_000).optional(),
      /** or what a submission of this source in quarantine said */
      submissionId: submissionId.optional(),
      contentType: z.string().max(200).default('application/json'),
      /** settings to try instead of those in force */
      settings: sourceSettings.partial().optional(),
    }),
    answers: { 200: trialView },
    refusals: { 'source-not-found': 404, 'submission-not-found': 404, 'payload-missing': 422 },
  },
  'POST /sources/{sourceId}/secrets': {
    summary: 'A new secret, made by us or (in the body) by the sender; the one before stays valid for 24 hours.',
    roles: marketers,
    path: z.object({ sourceId }),
    body: z.strictObject({ secret: givenSecret.optional() }),
    answers: { 201: secretOnce },
    refusals: { 'source-not-found': 404, 'provider-unsigned': 422, 'secret-missing': 422 },
    answersOnce: secretWasLost,
  },
  'PUT /sources/{sourceId}/captcha': {
    summary: 'The secret key of Turnstile for this form.',
    roles: marketers,
    path: z.object({ sourceId }),
    body: z.strictObject({ secret: givenSecret }),
    answers: { 200: z.object({ sourceId }) },
    refusals: { 'source-not-found': 404 },
  },
  'PUT /sources/{sourceId}/access-token': {
    summary: 'The token with which the content of thin notifications (Meta, LinkedIn, HubSpot) is fetched.',
    roles: marketers,
    path: z.object({ sourceId }),
    body: z.strictObject({ token: z.string().min(8).max(2000) }),
    answers: { 200: z.object({ sourceId }) },
    refusals: { 'source-not-found': 404, 'setting-not-supported': 422 },
  },
  'GET /sources/{sourceId}/reconciliation': {
    summary: 'received = created + attached + quarantined + rejected (+ waiting), of one day in UTC.',
    roles: [...marketers, 'integration'],
    path: z.object({ sourceId }),
    query: z.object({ day }),
    answers: { 200: reconciliationView },
    refusals: { 'source-not-found': 404 },
  },
  'GET /submissions': {
    summary: 'Submissions in quarantine, oldest first.',
    roles: marketers,
    query: pageQuery.extend({ status: z.enum(['quarantined']).default('quarantined') }),
    answers: { 200: pageOf(submissionView) },
    refusals: {},
  },
  'GET /submissions/{submissionId}': {
    summary: 'What a submission in quarantine said, until it is purged or expires. Who may not see leads leaves a line in the log.',
    roles: marketers,
    path: z.object({ submissionId }),
    answers: { 200: quarantinedView },
    refusals: { 'submission-not-found': 404 },
  },
  'POST /submissions/{submissionId}/release': {
    summary: 'Reads a quarantined submission again, after its source has been corrected.',
    roles: marketers,
    path: z.object({ submissionId }),
    answers: { 202: submissionView },
    refusals: { 'submission-not-found': 404, 'submission-not-quarantined': 409 },
  },
  'POST /submissions/{submissionId}/purge': {
    summary: 'A quarantined submission is no lead: it is counted as rejected, and what it said is deleted.',
    roles: marketers,
    path: z.object({ submissionId }),
    answers: { 200: submissionView },
    refusals: { 'submission-not-found': 404, 'submission-not-quarantined': 409 },
  },
});
