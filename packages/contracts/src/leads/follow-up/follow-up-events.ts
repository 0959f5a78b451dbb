import { leadId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type FactOf } from '../../define-event.ts';
import { leadSequence, followUpSequences, taskId, variant } from './follow-up-sequences.ts';

const owner = 'leads';

export const followUpSequencesPublished = defineEvent({
  name: 'FollowUpSequencesPublished',
  owner,
  version: 1,
  meaning: 'New plans of what is done for leads of a category; plans that run go on as they began.',
  data: z.object({ version: z.int().positive(), sequences: followUpSequences }),
});

export const followUpStarted = defineEvent({
  name: 'FollowUpStarted',
  owner,
  version: 1,
  meaning: 'A plan began for a lead, as it was then.',
  data: z.object({ leadId, category: z.string().nullable(), ...leadSequence.shape }),
});

export const followUpStepTaken = defineEvent({
  name: 'FollowUpStepTaken',
  owner,
  version: 1,
  meaning:
    'A step of a plan was due: a task for the owner, a mail to the person, or a mail passed over because the person did not agree to it.',
  data: z.object({
    leadId,
    sequenceId: z.string(),
    stepId: z.string(),
    did: z.enum(['task', 'mail', 'passed-over']),
    variant,
    repId: repId.nullable(),
    teamId: teamId.nullable(),
  }),
});

export const followUpStopped = defineEvent({
  name: 'FollowUpStopped',
  owner,
  version: 1,
  meaning:
    'A plan ends before its last step because another one begins. An answer, a withdrawn consent and the lead’s end stop it without a word of its own.',
  data: z.object({ leadId, sequenceId: z.string(), reason: z.enum(['another-sequence']) }),
});

export const leadTaskDone = defineEvent({
  name: 'LeadTaskDone',
  owner,
  version: 1,
  meaning: 'Somebody did what a plan or an escalation asked for.',
  data: z.object({ leadId, taskId, repId: repId.nullable(), teamId: teamId.nullable() }),
});

export const leadFollowUpEvents = [followUpStarted, followUpStepTaken, followUpStopped, leadTaskDone] as const;
export type FollowUpSequencesFact = FactOf<typeof followUpSequencesPublished>;
