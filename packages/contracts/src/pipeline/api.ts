import { accountId, importId, instant, moneyText, opportunityId, processId, repId } from '@meilenstein/kernel';
import * as z from 'zod';
import { auditRoute } from '../audit/audit-route.ts';
import { historyEntry } from '../audit/history-route.ts';
import { defineApi, pageOf, pageQuery } from '../define-api.ts';
import { bilingual, plainName, plainText, worthText } from '../fragments.ts';
import { handOver, handOverView } from '../hand-over.ts';
import { importRehearsal } from '../import-table.ts';
import { opportunityImportRequest, importStarted, importStatus } from '../imports.ts';
import { accountRoutes } from './account-routes.ts';
import { boardRoutes } from './board-routes.ts';
import { correctionRoutes } from './correction-routes.ts';
import { opportunityFilter, opportunityTotal, reachedMilestone, silence } from './opportunity-filter.ts';
import { lossReason, milestone, milestoneId } from './events.ts';
import {
  confirm,
  evidence,
  evidenceRefusals,
  opportunityRefusals,
  opportunityStatus,
  opportunityView,
  orderRefusals,
  restates,
  sellers,
} from './opportunity-view.ts';

const processView = z.object({
  processId,
  version: z.int().positive(),
  name: bilingual,
  milestones: z.array(milestone),
});
export type ProcessView = z.infer<typeof processView>;

const idList = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,80}(,[A-Za-z0-9_-]{1,80}){0,99}$/, 'is a list of at most 100 ids with commas between them');

/** An opportunity in a list, with what a caller needs to act on it without another GET. */
export const opportunityItem = opportunityView.extend({
  /** for `If-Match` */
  version: z.int().positive(),
  /** at the rate of the order, or of today; null while the amount is unknown or has no rate */
  reportingAmount: moneyText.nullable(),
  /** how long the customer has done nothing; null once it is closed */
  silence: silence.nullable(),
});
export type OpportunityItem = z.infer<typeof opportunityItem>;

const staff = ['operations', 'admin'] as const;

/** Without an id, the company of that name: the same account as that of a lead who names it. */
const openedAccount = z
  .strictObject({ id: accountId.optional(), name: plainName.nullable() })
  .refine(({ id, name }) => id !== undefined || name !== null, 'give the id of the account, or the name of the company');

/** Stricter than the event, because older versions wrote events without this check. */
const publishedMilestone = milestone.extend({
  provenBy: milestone.shape.provenBy
    .refine((acts) => new Set(acts).size === acts.length, 'contains an act twice')
    .meta({ uniqueItems: true }),
});

/** Opportunities, each at the version that was read. */
const bulkRows = z
  .array(z.strictObject({ opportunityId, version: z.int().positive() }))
  .min(1)
  .max(100)
  .refine((rows) => new Set(rows.map((row) => row.opportunityId)).size === rows.length, 'names an opportunity twice');

const bulkResults = z.object({
  /** in the order of the request */
  results: z.array(
    z.object({
      opportunityId,
      /** null: it was not changed */
      version: z.int().positive().nullable(),
      /** why it was not changed, as the command on one opportunity would say it; null: it was */
      refusal: z.object({ code: z.string(), detail: z.string() }).nullable(),
    }),
  ),
});

export const pipelineApi = defineApi({
  service: 'pipeline',
  routes: {
    'GET /audit/pipeline': auditRoute('pipeline'),
    ...boardRoutes,
    ...accountRoutes,
    'GET /accounts/{accountId}/opportunities': {
      summary: 'Lists the opportunities of an account that the caller may see, the newest first.',
      roles: sellers,
      path: z.object({ accountId }),
      query: pageQuery,
      answers: { 200: pageOf(opportunityItem) },
      refusals: { 'account-not-found': 404 },
    },
    ...correctionRoutes,
    'GET /processes': {
      summary: 'Lists the sales processes, each in its newest version.',
      roles: [...sellers, 'marketing'],
      query: pageQuery,
      answers: { 200: pageOf(processView) },
      refusals: {},
    },
    'GET /processes/{processId}': {
      summary: 'Returns the newest version of a process. Carries an ETag.',
      roles: [...sellers, 'marketing'],
      path: z.object({ processId }),
      answers: { 200: processView },
      refusals: { 'process-not-found': 404 },
    },
    'PUT /processes/{processId}': {
      summary:
        'Publishes a process or its next version. Opportunities stay on the version they began with. The last milestone is the order.',
      roles: staff,
      path: z.object({ processId }),
      body: z.strictObject({ name: bilingual, milestones: z.array(publishedMilestone).min(1).max(30) }),
      answers: { 200: processView },
      refusals: { 'duplicate-milestone': 422, 'version-conflict': 412 },
      ifMatch: 'required',
    },
    'GET /opportunities': {
      summary:
        'Lists opportunities by owner, the newest first for each owner. With a filter, `sort` or `status=open`, they are counted and summed as well. A rep sees their own, a manager those of their teams.',
      roles: sellers,
      query: pageQuery.extend({
        status: opportunityStatus.optional(),
        milestone: reachedMilestone.optional(),
        /** only these, such as the ones that another list names: ids with commas between them, at most 100 */
        ids: idList.optional(),
        ...opportunityFilter,
      }),
      answers: { 200: pageOf(opportunityItem).extend({ total: opportunityTotal.nullable() }) },
      refusals: { 'list-too-long': 422, 'rep-not-found': 422 },
    },
    'POST /search/opportunities': {
      summary:
        'Finds opportunities by the name of the account or by id: at most 20, open ones first. Case, accents, the order of words and missing ends are forgiven.',
      roles: sellers,
      body: z.strictObject({ text: plainText(200) }),
      answers: { 200: z.object({ items: z.array(opportunityItem).max(20), isComplete: z.boolean() }) },
      refusals: {},
    },
    'POST /opportunities': {
      summary: 'Opens an opportunity that did not start as a lead.',
      roles: sellers,
      body: z.strictObject({
        processId,
        account: openedAccount,
        owner: repId,
        segment: z.string().min(1).max(60).optional(),
        amount: worthText.nullable().optional(),
        confirm,
      }),
      answers: { 201: opportunityView },
      refusals: {
        'process-not-found': 422,
        'rep-not-found': 422,
        'segment-not-found': 422,
        'amount-not-positive': 422,
        'rate-missing': 422,
        'amount-unusual': 422,
      },
    },
    'POST /opportunities/hand-over': {
      summary:
        'Gives all open opportunities of a rep to another one, such as those of somebody who leaves. Answers a result for each; where `more` is true, send it again.',
      roles: ['manager', 'operations', 'admin'],
      body: handOver,
      answers: { 200: handOverView },
      keepsBody: true,
      refusals: { 'rep-not-found': 422, 'same-rep': 422 },
    },
    'GET /opportunities/{opportunityId}': {
      summary: 'Returns an opportunity, now or as it was known at `asOf`. Carries an ETag, except with `asOf`.',
      roles: sellers,
      path: z.object({ opportunityId }),
      query: z.object({ asOf: instant.optional() }),
      answers: { 200: opportunityView },
      refusals: { 'opportunity-not-found': 404 },
    },
    'GET /opportunities/{opportunityId}/history': {
      inLanguages: true,
      summary: 'Lists who recorded what on an opportunity, and each value before and after, the newest first.',
      roles: sellers,
      path: z.object({ opportunityId }),
      query: pageQuery,
      answers: { 200: pageOf(historyEntry) },
      refusals: { 'opportunity-not-found': 404 },
    },
    'POST /opportunities/{opportunityId}/amend': {
      summary: 'Changes the amount, segment or owner of an open opportunity.',
      roles: sellers,
      path: z.object({ opportunityId }),
      body: z.strictObject({
        amount: worthText.nullable().optional(),
        segment: z.string().min(1).max(60).nullable().optional(),
        owner: repId.optional(),
        confirm,
      }),
      answers: { 200: opportunityView },
      refusals: {
        ...opportunityRefusals,
        'opportunity-closed': 422,
        'rep-not-found': 422,
        'segment-not-found': 422,
        'amount-not-positive': 422,
        'rate-missing': 422,
        'amount-unusual': 422,
      },
      ifMatch: 'required',
    },
    'POST /opportunities/{opportunityId}/milestones': {
      summary: 'Records that the customer reached a milestone, with evidence. The last milestone is the order and needs an amount.',
      roles: sellers,
      path: z.object({ opportunityId }),
      body: z.strictObject({
        milestoneId,
        evidence: evidence.optional(),
        amount: worthText.optional().describe('What was ordered; only with the last milestone.'),
        restates,
        confirm,
      }),
      answers: { 200: opportunityView },
      refusals: {
        ...opportunityRefusals,
        'opportunity-closed': 422,
        'milestone-not-found': 422,
        'milestone-already-reached': 422,
        ...evidenceRefusals,
        ...orderRefusals,
        'amount-not-with-milestone': 422,
        'amount-missing': 422,
      },
      ifMatch: 'required',
    },
    'POST /opportunities/{opportunityId}/lose': {
      summary: 'Closes an opportunity as lost, with a reason.',
      roles: sellers,
      path: z.object({ opportunityId }),
      body: z.strictObject({ reason: lossReason.optional(), note: plainText(2000).optional() }),
      answers: { 200: opportunityView },
      refusals: { ...opportunityRefusals, 'opportunity-closed': 422, 'reason-missing': 422 },
      ifMatch: 'required',
    },
    'POST /opportunities/bulk/hand-over': {
      summary: 'Gives up to 100 open opportunities to another rep. Each is changed by itself and has a result of its own.',
      roles: ['manager', 'operations', 'admin'],
      body: z.strictObject({ owner: repId, opportunities: bulkRows }),
      answers: { 200: bulkResults },
      refusals: {},
    },
    'POST /opportunities/bulk/lose': {
      summary: 'Closes up to 100 open opportunities as lost, with one reason. Each is changed by itself and has a result of its own.',
      roles: sellers,
      body: z.strictObject({ reason: lossReason, note: plainText(2000).optional(), opportunities: bulkRows }),
      answers: { 200: bulkResults },
      refusals: {},
    },
    'POST /opportunities/imports': {
      summary: 'Starts an import of history. PUT the NDJSON, CSV or XLSX file to the presigned URL; the import then runs by itself.',
      roles: staff,
      body: opportunityImportRequest,
      answers: { 201: importStarted },
      keepsBody: true,
      refusals: {},
    },
    'GET /opportunities/imports/{importId}': {
      summary: 'Returns the progress of an import, and which rows were rejected by which rule.',
      roles: staff,
      path: z.object({ importId }),
      answers: { 200: importStatus },
      refusals: { 'import-not-found': 404 },
    },
    'GET /opportunities/imports/{importId}/rehearsal': {
      summary: 'Returns the first twenty rows of a table that was put for a rehearsal, cell by cell, as an import would take them.',
      roles: staff,
      path: z.object({ importId }),
      answers: { 200: importRehearsal },
      refusals: { 'import-not-found': 404, 'rehearsal-not-asked': 409, 'upload-missing': 409, 'file-unreadable': 422 },
    },
  },
});
