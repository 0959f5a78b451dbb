import { instant, opportunityId, processId, repId } from '@meilenstein/kernel';
import * as z from 'zod';
import { importSystem } from './import-start.ts';
import { leadTable, opportunityTable } from './import-table.ts';
import { plainName, worthText } from './fragments.ts';
import { act, cancelReason, channel, lossReason, milestoneId, repEstimate, typedPartyRole } from './pipeline/events.ts';
import { personFields } from './leads/people/person-fields.ts';

/** The id of a row in the other system. Our ids derive from it, so that importing a file twice changes nothing. */
const externalId = z.string().regex(/^[A-Za-z0-9._:-]{1,80}$/, 'has 1 to 80 letters, digits, dots, _, : or -, such as crm-4711');

const times = {
  /** when it happened */
  occurredAt: instant,
  /** when the company learned of it; the forecast is trained by this time. Absent: when it happened */
  recordedAt: instant.optional(),
};

export const leadRow = z.strictObject({
  kind: z.literal('lead'),
  externalId,
  ...times,
  person: personFields,
  /** absent: the routing rules choose the owner, as for any new lead */
  owner: repId.optional(),
  /** set if the lead became an opportunity: its external id in the opportunities file */
  converted: z.strictObject({ opportunityExternalId: externalId, occurredAt: instant, recordedAt: instant.optional() }).optional(),
});
export type LeadRow = z.infer<typeof leadRow>;

/** Refers to an opportunity by the id in the other system, or by our id if it began here. */
const reference = z.union([z.strictObject({ externalId }), z.strictObject({ opportunityId })]);

/** A rep's estimate at the time the row became known. It is graded as a baseline and used for nothing else. */
const estimate = z.strictObject(repEstimate.shape);

export const opportunityRow = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('opportunity'),
    externalId,
    ...times,
    processId,
    account: z.strictObject({ externalId, name: plainName.nullable() }),
    leadExternalId: externalId.optional(),
    segment: z.string().min(1).max(60).optional(),
    owner: repId,
    amount: worthText.nullable(),
    repEstimate: estimate.optional(),
  }),
  z.strictObject({
    kind: z.literal('evidence'),
    externalId,
    ...times,
    opportunity: reference,
    milestoneId,
    act,
    channel,
    by: z.strictObject({ party: z.enum(['customer', 'us']), role: typedPartyRole }),
    quote: z.string().max(2000).optional(),
    repEstimate: estimate.optional(),
  }),
  z.strictObject({ kind: z.literal('estimate'), externalId, ...times, opportunity: reference, repEstimate: estimate }),
  z.strictObject({ kind: z.literal('order'), externalId, ...times, opportunity: reference, amount: worthText, channel }),
  z.strictObject({ kind: z.literal('loss'), externalId, ...times, opportunity: reference, reason: lossReason }),
  z.strictObject({ kind: z.literal('cancellation'), externalId, ...times, opportunity: reference, reason: cancelReason }),
]);
export type OpportunityRow = z.infer<typeof opportunityRow>;

const rehearse = z.boolean().optional().describe('Imports nothing: GET …/rehearsal then shows how the first twenty rows would be taken.');

const request = { system: importSystem, rehearse };
const tableDescription = 'Describes a file in CSV or XLSX. Absent: the file is NDJSON.';

export const leadImportRequest = z.strictObject({ ...request, table: leadTable.optional().describe(tableDescription) });
export const opportunityImportRequest = z.strictObject({ ...request, table: opportunityTable.optional().describe(tableDescription) });

const rowState = z.enum(['created', 'updated', 'unchanged', 'rejected']);
export type RowState = z.infer<typeof rowState>;

const rejectedRow = z.object({
  row: z.int().positive(),
  field: z.string().nullable(),
  /** of a table in CSV or XLSX: the column that the field was read from */
  column: z.string().optional(),
  value: z.string().nullable(),
  rule: z.string(),
});
export type RejectedRow = z.infer<typeof rejectedRow>;

export const importStatus = z.object({
  importId: z.string(),
  system: z.string(),
  status: z.enum(['waiting-for-upload', 'running', 'finished', 'failed', 'rehearsal']),
  rows: z.int().nonnegative(),
  created: z.int().nonnegative(),
  updated: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  rejected: z.int().nonnegative(),
  /** the first 100; the result file names every row */
  rejections: z.array(rejectedRow).max(100),
  /** presigned download of the NDJSON with one line for each row; null until finished */
  result: z.url().nullable(),
});
export type ImportStatus = z.infer<typeof importStatus>;

/** The content type with which a file of each format must be put. */
export const importContentTypes = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
const { ndjson, csv, xlsx } = importContentTypes;

export const importStarted = z.object({
  importId: z.string(),
  upload: z.object({ method: z.literal('PUT'), url: z.url(), contentType: z.enum([ndjson, csv, xlsx]), expiresAt: instant }),
});
