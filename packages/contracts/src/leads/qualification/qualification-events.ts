import { day, instant, leadId, repId, sourceId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent } from '../../define-event.ts';
import { bantAnswer, bantSlot, disqualifyReason, stage } from './qualification.ts';

const owner = 'leads';

/** What consumers need to know about a qualified or disqualified lead, so that none has to query it. */
const about = z.object({ leadId, sourceId, repId: repId.nullable(), teamId: teamId.nullable(), capturedAt: instant });

export const leadQualified = defineEvent({
  name: 'LeadQualified',
  owner,
  version: 1,
  meaning: 'A lead meets the criteria of marketing (MQL) or sales (SQL) for the first time; `criteriaVersion` is their version.',
  data: about.extend({
    stage,
    criteriaVersion: z.int().positive(),
    category: z.string().nullable(),
    /** the segments it is in, the first one first */
    segments: z.array(z.string()),
    /** the lead had reached this stage before it was disqualified and requalified */
    again: z.boolean(),
  }),
});

export const leadBantRecorded = defineEvent({
  name: 'LeadBantRecorded',
  owner,
  version: 1,
  meaning: 'A rep recorded what the customer said about budget, authority, need or timing, with the evidence and the day.',
  data: z.object({ leadId, slot: bantSlot, on: day }),
  confidential: bantAnswer.pick({ value: true, evidence: true }),
});

export const leadDisqualified = defineEvent({
  name: 'LeadDisqualified',
  owner,
  version: 1,
  meaning: 'Sales disqualified the lead for a reason.',
  data: about.extend({ reason: disqualifyReason, reached: stage.nullable() }),
  confidential: z.object({ note: z.string().max(2000).nullable() }),
});

export const leadRequalified = defineEvent({
  name: 'LeadRequalified',
  owner,
  version: 1,
  meaning:
    'A disqualified lead was requalified because the person came back or a rep recorded what the customer said. Its stages begin again.',
  data: z.object({ leadId, reason: z.enum(['came-back', 'bant-recorded']) }),
});

export const leadQualificationEvents = [leadQualified, leadBantRecorded, leadDisqualified, leadRequalified] as const;
