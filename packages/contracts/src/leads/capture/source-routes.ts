import { day, instant, sourceId, submissionId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes, pageOf, pageQuery } from '../../define-api.ts';
import { plainName } from '../../fragments.ts';
import { reconciliationView, quarantinedView, sourceView, submissionView, trialView } from '../lead/lead-views.ts';
import { providerName, sourceSettings } from './source-settings.ts';

const marketers = ['marketing', 'operations', 'admin'] as const;

/** A secret that the sender made. */
const givenSecret = z.string().min(8).max(200);

const secretOnce = z.object({
  /** shown only once; it cannot be read again */
  secret: z.string(),
  /** the address for senders that do not sign; it contains the secret */
  webhookPath: z.string(),
  /** the token to configure for the handshake of the sender (Meta); null if there is none, or if the handshake uses the secret itself */
  verifyToken: z.string().nullable(),
  number: z.int().positive(),
  previousValidUntil: instant.nullable(),
});

const secretWasLost =
  'If the response was lost, find the source with GET /sources and issue a new secret by POST /sources/{sourceId}/secrets with a new key. The previous secret stays valid for 24 hours';

/** A product that can send forms, and what a source of it needs. */
const providerView = z.object({
  provider: providerName,
  /** who creates the secret: `us` (shown once when issued) or the `sender` (entered by staff) */
  secretFrom: z.enum(['us', 'sender']),
  /** the secret signs, is a token in the address, is a key in the body, or stamps the time at which a form was opened and never leaves us */
  secretUse: z.enum(['signature', 'token', 'key', 'stamp']),
  /** it sends references only; their content is fetched with an access token */
  needsAccessToken: z.boolean(),
  /** its handshake needs a token of its own */
  needsVerifyToken: z.boolean(),
  /** a browser sends the form and is redirected afterwards */
  redirects: z.boolean(),
  /** the settings that only this provider knows */
  settings: z.array(z.enum(['signature', 'minimumSeconds', 'captcha'])),
});

const daysRule = 'is a number of days from 1 to 31, such as 7';

export const sourceRoutes = defineRoutes({
  'GET /providers': {
    summary: 'Lists the products that can send forms, each with what a source of it needs.',
    roles: marketers,
    answers: { 200: z.object({ items: z.array(providerView) }) },
    refusals: {},
  },
  'GET /sources': {
    summary: 'Lists the sources by name.',
    roles: [...marketers, 'integration'],
    query: pageQuery,
    answers: { 200: pageOf(sourceView) },
    refusals: {},
  },
  'POST /sources': {
    summary: 'Registers a form, landing page or campaign. Only this response contains the signing secret.',
    roles: marketers,
    body: sourceSettings.partial().extend({ name: plainName.max(120), provider: providerName, secret: givenSecret.optional() }),
    answers: { 201: z.object({ source: sourceView, secret: secretOnce.nullable() }) },
    refusals: { 'signature-missing': 422, 'signature-incomplete': 422, 'setting-not-supported': 422 },
    answersOnce: secretWasLost,
  },
  'GET /sources/{sourceId}': {
    summary: 'Returns a source. Carries an ETag.',
    roles: [...marketers, 'integration'],
    path: z.object({ sourceId }),
    answers: { 200: sourceView },
    refusals: { 'source-not-found': 404 },
  },
  'PUT /sources/{sourceId}': {
    summary: 'Publishes a new version of the settings for submissions that are read from now on. Try a payload first.',
    roles: marketers,
    path: z.object({ sourceId }),
    body: sourceSettings.extend({ name: plainName.max(120) }),
    answers: { 200: sourceView },
    refusals: {
      'source-not-found': 404,
      'signature-missing': 422,
      'signature-incomplete': 422,
      'setting-not-supported': 422,
      'version-conflict': 412,
    },
    ifMatch: 'required',
  },
  'POST /sources/{sourceId}/try': {
    inLanguages: true,
    summary: 'Shows what a payload or a quarantined submission would become, field by field, and why. Nothing is stored.',
    roles: marketers,
    path: z.object({ sourceId }),
    body: z.strictObject({
      /** the body as the sender would send it */
      body: z.string().max(200_000).optional(),
      /** or a quarantined submission of this source */
      submissionId: submissionId.optional(),
      contentType: z.string().max(200).default('application/json'),
      /** settings to try instead of those in force */
      settings: sourceSettings.partial().optional(),
    }),
    answers: { 200: trialView },
    refusals: { 'source-not-found': 404, 'submission-not-found': 404, 'payload-missing': 422 },
  },
  'POST /sources/{sourceId}/secrets': {
    summary: 'Issues a new secret, or stores the one in the body if the sender made it. The previous one stays valid for 24 hours.',
    roles: marketers,
    path: z.object({ sourceId }),
    body: z.strictObject({ secret: givenSecret.optional() }),
    answers: { 201: secretOnce },
    refusals: { 'source-not-found': 404, 'provider-unsigned': 422, 'secret-missing': 422 },
    answersOnce: secretWasLost,
  },
  'PUT /sources/{sourceId}/captcha': {
    summary: 'Stores the Turnstile secret key of this form.',
    roles: marketers,
    path: z.object({ sourceId }),
    body: z.strictObject({ secret: givenSecret }),
    answers: { 200: z.object({ sourceId }) },
    refusals: { 'source-not-found': 404 },
  },
  'PUT /sources/{sourceId}/access-token': {
    summary: 'Stores the access token for fetching the content of thin notifications (Meta, LinkedIn, HubSpot).',
    roles: marketers,
    path: z.object({ sourceId }),
    body: z.strictObject({ token: z.string().min(8).max(2000) }),
    answers: { 200: z.object({ sourceId }) },
    refusals: { 'source-not-found': 404, 'setting-not-supported': 422 },
  },
  'GET /sources/{sourceId}/reconciliation': {
    summary: 'Reconciles the submissions of a source on a day in UTC: received = created + attached + quarantined + rejected (+ waiting).',
    roles: [...marketers, 'integration'],
    path: z.object({ sourceId }),
    query: z.object({ day }),
    answers: { 200: reconciliationView },
    refusals: { 'source-not-found': 404 },
  },
  'GET /sources/{sourceId}/reconciliations': {
    summary: 'Reconciles the submissions of a source on each of the days in UTC that end with `until`, the newest first.',
    roles: [...marketers, 'integration'],
    path: z.object({ sourceId }),
    query: z.object({ until: day, days: z.coerce.number(daysRule).int(daysRule).min(1, daysRule).max(31, daysRule).default(7) }),
    answers: { 200: z.object({ items: z.array(reconciliationView) }) },
    refusals: { 'source-not-found': 404 },
  },
  'GET /submissions': {
    summary: 'Lists the submissions in quarantine, oldest first.',
    roles: marketers,
    query: pageQuery.extend({ status: z.enum(['quarantined']).default('quarantined') }),
    answers: { 200: pageOf(submissionView) },
    refusals: {},
  },
  'GET /submissions/{submissionId}': {
    summary:
      'Returns the content of a quarantined submission until it is purged or expires. Reading it without the right to see leads is logged.',
    roles: marketers,
    path: z.object({ submissionId }),
    answers: { 200: quarantinedView },
    refusals: { 'submission-not-found': 404 },
  },
  'POST /submissions/{submissionId}/release': {
    summary: 'Releases a quarantined submission, so that it is read again after its source has been corrected.',
    roles: marketers,
    path: z.object({ submissionId }),
    answers: { 202: submissionView },
    refusals: { 'submission-not-found': 404, 'submission-not-quarantined': 409 },
  },
  'POST /submissions/{submissionId}/purge': {
    summary: 'Deletes the content of a quarantined submission that is no lead. It is counted as rejected.',
    roles: marketers,
    path: z.object({ submissionId }),
    answers: { 200: submissionView },
    refusals: { 'submission-not-found': 404, 'submission-not-quarantined': 409 },
  },
});
