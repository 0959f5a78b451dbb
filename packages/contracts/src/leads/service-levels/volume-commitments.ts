import { instant, leadId, sourceId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes } from '../../define-api.ts';
import { defineEvent, type FactOf } from '../../define-event.ts';
import { stage } from '../qualification/qualification.ts';

const owner = 'leads';

/** A month of the company’s zone, such as 2026-03. */
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month is written YYYY-MM');

/** A number of leads of a stage, in a segment or in total (null). */
export const volumeCommitment = z.strictObject({
  segmentId: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'has 1 to 40 small letters, digits or -, such as old-crm')
    .nullable(),
  stage,
  committed: z.int().min(0).max(10_000_000),
});
export type VolumeCommitment = z.output<typeof volumeCommitment>;

export const volumeCommitted = defineEvent({
  name: 'VolumeCommitted',
  owner,
  version: 1,
  meaning:
    'Marketing committed to a number of qualified leads for a month, by stage and segment. The last version before the end of the month counts.',
  data: z.object({ month, version: z.int().positive(), commitments: z.array(volumeCommitment) }),
});
export type VolumeCommitmentFact = FactOf<typeof volumeCommitted>;

const promisesView = z.object({ month, version: z.int().nonnegative(), commitments: z.array(volumeCommitment) });

const share = z.object({ numerator: z.int(), denominator: z.int(), value: z.number().nullable() });
const compliance = z.object({
  /** leads whose deadline is in the month, answered or not */
  due: z.int(),
  /** answered before the deadline ÷ due */
  kept: share,
  missed: z.array(leadId),
  /** working time to the answer, of leads that were answered in the month */
  speed: z.object({ answered: z.int(), medianSeconds: z.int().nullable(), p90Seconds: z.int().nullable() }),
});

/** The service levels of sales and the volume commitments of marketing in one month. */
export const serviceLevelReportView = z.object({
  month,
  from: instant,
  until: instant,
  sales: compliance,
  bySource: z.array(compliance.extend({ sourceId })),
  /** country code; null if unknown */
  byMarket: z.array(compliance.extend({ market: z.string().nullable() })),
  marketing: z.array(volumeCommitment.extend({ delivered: z.int(), kept: share, gap: z.int() })),
});
export type ServiceLevelReportView = z.infer<typeof serviceLevelReportView>;

const readers = ['manager', 'marketing', 'operations', 'admin'] as const;

/** Volume commitments, and the service-level report. */
export const volumeCommitmentRoutes = defineRoutes({
  'GET /volume-commitments/{month}': {
    summary: 'Returns how many qualified leads marketing commits to deliver in a month. Carries an ETag.',
    roles: readers,
    path: z.object({ month }),
    answers: { 200: promisesView },
    refusals: {},
  },
  'PUT /volume-commitments/{month}': {
    summary: 'Sets the volume commitments of a month that has not ended, by segment and stage.',
    roles: ['marketing', 'operations', 'admin'],
    path: z.object({ month }),
    body: z.strictObject({ commitments: z.array(volumeCommitment).max(200) }),
    answers: { 200: promisesView },
    refusals: { 'month-ended': 422, 'segment-not-found': 422, 'duplicate-commitment': 422, 'version-conflict': 412 },
    ifMatch: 'required',
  },
  'GET /service-level-report': {
    summary:
      'Returns the service-level report of a month: leads that sales answered in time, by due date, and qualified leads that marketing delivered. A manager sees the leads of their own teams.',
    roles: readers,
    query: z.object({ month }),
    answers: { 200: serviceLevelReportView },
    refusals: {},
  },
});
