import { leadId, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type FactOf } from '../../define-event.ts';
import { leadSequence, followUpSequences, taskId, variant } from './follow-up-sequences.ts';

const owner = 'leads';

export const followUpSequencesPublished = defineEvent({
  name: 'FollowUpSequencesPublished',
  owner,
  version: 1,
  meaning:
    'A new version of the follow-up sequences was published. Sequences that are running continue in the version in which they started.',
  data: z.object({ version: z.int().positive(), sequences: followUpSequences }),
});

export const followUpStarted = defineEvent({
  name: 'FollowUpStarted',
  owner,
  version: 1,
  meaning: 'A follow-up sequence started for a lead, in the version that was in force.',
  data: z.object({ leadId, category: z.string().nullable(), ...leadSequence.shape }),
});

export const followUpStepTaken = defineEvent({
  name: 'FollowUpStepTaken',
  owner,
  version: 1,
  meaning:
    'A step of a follow-up sequence was due: a task for the owner, an e-mail to the person, or an e-mail that was skipped because the person had not consented.',
  data: z.object({
    leadId,
    sequenceId: z.string(),
    stepId: z.string(),
    did: z.enum(['task', 'mail', 'skipped']),
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
    'A follow-up sequence ended before its last step because another one started. An answer, a withdrawn consent or the end of the lead also stops a sequence, without an event of its own.',
  data: z.object({ leadId, sequenceId: z.string(), reason: z.enum(['another-sequence']) }),
});

export const leadTaskDone = defineEvent({
  name: 'LeadTaskDone',
  owner,
  version: 1,
  meaning: 'A task of a follow-up sequence or an escalation was done.',
  data: z.object({ leadId, taskId, repId: repId.nullable(), teamId: teamId.nullable() }),
});

export const leadFollowUpEvents = [followUpStarted, followUpStepTaken, followUpStopped, leadTaskDone] as const;
export type FollowUpSequencesFact = FactOf<typeof followUpSequencesPublished>;
