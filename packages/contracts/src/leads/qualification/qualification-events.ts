import { day, instant, leadId, repId, sourceId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent } from '../../define-event.ts';
import { bantAnswer, bantSlot, disqualifyReason, stage } from './qualification.ts';

const owner = 'leads';

/** What readers need of a lead that was won or given up for sales, so that nobody has to ask. */
const about = z.object({ leadId, sourceId, repId: repId.nullable(), teamId: teamId.nullable(), capturedAt: instant });

export const leadQualified = defineEvent({
  name: 'LeadQualified',
  owner,
  version: 1,
  meaning: 'A lead meets the criteria of marketing (mql) or of sales (sql) for the first time, by which version of them.',
  data: about.extend({
    stage,
    criteriaVersion: z.int().positive(),
    category: z.string().nullable(),
    /** the segments it is in, the first one first */
    segments: z.array(z.string()),
    /** it had reached this stage before somebody gave it up and the person came back */
    again: z.boolean(),
  }),
});

export const leadBantRecorded = defineEvent({
  name: 'LeadBantRecorded',
  owner,
  version: 1,
  meaning: 'A rep recorded what the customer said about budget, authority, need or timing, with the proof and the day.',
  data: z.object({ leadId, slot: bantSlot, on: day }),
  confidential: bantAnswer.pick({ value: true, evidence: true }),
});

export const leadDisqualified = defineEvent({
  name: 'LeadDisqualified',
  owner,
  version: 1,
  meaning: 'Sales gave the lead up, and why.',
  data: about.extend({ reason: disqualifyReason, reached: stage.nullable() }),
  confidential: z.object({ note: z.string().max(2000).nullable() }),
});

export const leadRequalified = defineEvent({
  name: 'LeadRequalified',
  owner,
  version: 1,
  meaning: 'A lead that was given up counts again: the person came back, or said something that was recorded. Its stages begin anew.',
  data: z.object({ leadId, reason: z.enum(['came-back', 'bant-recorded']) }),
});

export const leadQualificationEvents = [leadQualified, leadBantRecorded, leadDisqualified, leadRequalified] as const;
