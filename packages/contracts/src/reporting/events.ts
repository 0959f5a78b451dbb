import { instant, runId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type FactOf } from '../define-event.ts';

const run = z.object({
  reportId: z.string().min(1).max(60),
  runId,
  /** the label of the period, such as 2026-W47, or FY2026-W47 where the year consists of weeks */
  period: z.string(),
  version: z.int().positive(),
  cutOff: instant,
  manifestKey: z.string(),
  manifestSha256: z.string().regex(/^[0-9a-f]{64}$/, 'is a SHA-256 as 64 hexadecimal digits in small letters'),
});

export const reportPublished = defineEvent({
  name: 'ReportPublished',
  owner: 'reporting',
  version: 1,
  meaning: 'The first version of a report for a period is in the bucket; it is never overwritten.',
  data: run,
});

export const reportRestated = defineEvent({
  name: 'ReportRestated',
  owner: 'reporting',
  version: 1,
  meaning: 'Facts recorded before the cut-off arrived after the report: a further version is published beside the earlier ones.',
  data: run.extend({ restates: z.int().positive() }),
});

export const reportingEvents = [reportPublished, reportRestated] as const;
export type ReportingFact = FactOf<(typeof reportingEvents)[number]>;
