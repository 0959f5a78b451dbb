import { day, importId, instant, leadId, opportunityId, processId, repId, sourceId, submissionId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineApi, pageOf, pageQuery } from './define-api.ts';
import { importRequest, importStarted, importStatus } from './imports.ts';
import { fieldMapping, personFields, pointsRule, providerName } from './leads-events.ts';

export const sourceView = z.object({
  sourceId,
  name: z.string(),
  provider: providerName,
  mapping: fieldMapping,
  redirects: z.array(z.url()),
  honeypot: z.string().nullable(),
  /** where the form posts to */
  webhookPath: z.string(),
  secretNumber: z.int().nonnegative(),
});
export type SourceView = z.infer<typeof sourceView>;

const secretOnce = z.object({
  /** shown once, kept nowhere else that can be read */
  secret: z.string(),
  number: z.int().positive(),
  previousValidUntil: instant.nullable(),
});

export const submissionStatus = z.enum(['stored', 'created', 'attached', 'quarantined', 'rejected']);
export type SubmissionStatus = z.infer<typeof submissionStatus>;

export const submissionView = z.object({
  submissionId,
  sourceId,
  storedAt: instant,
  status: submissionStatus,
  reason: z.string().nullable(),
  leadId: leadId.nullable(),
});
export type SubmissionView = z.infer<typeof submissionView>;

export const booksView = z.object({
  sourceId,
  day,
  received: z.int().nonnegative(),
  created: z.int().nonnegative(),
  attached: z.int().nonnegative(),
  quarantined: z.int().nonnegative(),
  rejected: z.record(z.string(), z.int().nonnegative()),
  /** stored and not read yet; seconds at most, unless something is broken */
  waiting: z.int().nonnegative(),
  balanced: z.boolean(),
});
export type BooksView = z.infer<typeof booksView>;

export const leadStatus = z.enum(['new', 'working', 'converted']);

export const leadView = z.object({
  leadId,
  status: leadStatus,
  capturedAt: instant,
  sourceId,
  person: personFields,
  score: z.int().nullable(),
  /** the rules that fired, each with its points */
  scoreRules: z.array(z.object({ id: z.string(), points: z.int() })),
  owner: z.object({ repId, teamId, assignedAt: instant, reason: z.string() }).nullable(),
  opportunityId: opportunityId.nullable(),
});
export type LeadView = z.infer<typeof leadView>;

const leadDetail = leadView.extend({ touchpoints: z.array(submissionView).max(100) });

const pointsView = z.object({ version: z.int().nonnegative(), rules: z.array(pointsRule) });

const staff = ['operations', 'admin'] as const;
const marketers = ['marketing', 'operations', 'admin'] as const;
const sellers = ['rep', 'manager', 'operations', 'admin'] as const;

export const leadsApi = defineApi({
  service: 'leads',
  routes: {
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
      body: z.strictObject({
        name: z.string().min(1).max(120),
        provider: providerName,
        mapping: fieldMapping.optional(),
        redirects: z
          .array(z.url({ protocol: /^https?$/ }))
          .max(10)
          .optional(),
        honeypot: z.string().min(1).max(60).optional(),
      }),
      answers: { 201: z.object({ source: sourceView, secret: secretOnce.nullable() }) },
      refusals: {},
      answersOnce: true,
    },
    'GET /sources/{sourceId}': {
      summary: 'One source.',
      roles: [...marketers, 'integration'],
      path: z.object({ sourceId }),
      answers: { 200: sourceView },
      refusals: { 'source-is-unknown': 404 },
    },
    'POST /sources/{sourceId}/secrets': {
      summary: 'Issues a new signing secret; the one before stays valid for 24 hours.',
      roles: marketers,
      path: z.object({ sourceId }),
      answers: { 201: secretOnce },
      refusals: { 'source-is-unknown': 404, 'provider-signs-nothing': 422 },
      answersOnce: true,
    },
    'GET /sources/{sourceId}/books': {
      summary: 'received = created + attached + quarantined + rejected (+ waiting), of one day in UTC.',
      roles: [...marketers, 'integration'],
      path: z.object({ sourceId }),
      query: z.object({ day }),
      answers: { 200: booksView },
      refusals: { 'source-is-unknown': 404 },
    },
    'GET /submissions': {
      summary: 'Submissions in quarantine, oldest first.',
      roles: marketers,
      query: pageQuery.extend({ status: z.enum(['quarantined']).default('quarantined') }),
      answers: { 200: pageOf(submissionView) },
      refusals: {},
    },
    'POST /submissions/{submissionId}/release': {
      summary: 'Reads a quarantined submission again, after its source has been corrected.',
      roles: marketers,
      path: z.object({ submissionId }),
      answers: { 202: submissionView },
      refusals: { 'submission-is-unknown': 404, 'submission-is-not-in-quarantine': 409 },
    },
    'GET /leads': {
      summary: 'Leads by owner, newest first within an owner: the own ones for a rep, the team’s for a manager.',
      roles: sellers,
      query: pageQuery.extend({ owner: repId.optional() }),
      answers: { 200: pageOf(leadView) },
      refusals: {},
    },
    'GET /leads/{leadId}': {
      summary: 'One lead with its touchpoints. Carries an ETag.',
      roles: sellers,
      path: z.object({ leadId }),
      answers: { 200: leadDetail },
      refusals: { 'lead-is-unknown': 404 },
    },
    'POST /leads/{leadId}/assign': {
      summary: 'Gives the lead to a rep by hand; it counts in the fair choice.',
      roles: ['manager', 'operations', 'admin'],
      path: z.object({ leadId }),
      body: z.strictObject({ repId }),
      answers: { 200: leadView },
      refusals: { 'lead-is-unknown': 404, 'lead-is-converted': 422, 'rep-is-unknown': 422, 'version-is-stale': 412 },
      ifMatch: 'required',
    },
    'POST /leads/{leadId}/convert': {
      summary: 'Turns the lead into an opportunity of a sales process.',
      roles: sellers,
      path: z.object({ leadId }),
      body: z.strictObject({ processId: processId.optional() }),
      answers: { 200: leadView },
      refusals: { 'lead-is-unknown': 404, 'lead-is-converted': 422, 'lead-has-no-owner': 422, 'version-is-stale': 412 },
      ifMatch: 'required',
    },
    'GET /points': {
      summary: 'The table of points in force. Carries an ETag.',
      roles: [...sellers, 'marketing'],
      answers: { 200: pointsView },
      refusals: {},
    },
    'PUT /points': {
      summary: 'Publishes a new version of the table of points, for leads from now on.',
      roles: marketers,
      body: z.strictObject({ rules: z.array(pointsRule).max(200) }),
      answers: { 200: pointsView },
      refusals: { 'rule-is-there-twice': 422, 'value-is-missing': 422, 'version-is-stale': 412 },
      ifMatch: 'required',
    },
    'POST /leads/imports': {
      summary: 'Begins an import of history; PUT the NDJSON file to the presigned URL, the job starts by itself.',
      roles: staff,
      body: importRequest,
      answers: { 201: importStarted },
      refusals: {},
    },
    'GET /leads/imports/{importId}': {
      summary: 'How far an import is, and what was rejected by which rule.',
      roles: staff,
      path: z.object({ importId }),
      answers: { 200: importStatus },
      refusals: { 'import-is-unknown': 404 },
    },
  },
});
