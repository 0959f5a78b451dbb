import {
  rotationTurnReturned,
  leadGivenBack,
  leadQueueOverdue,
  leadUnassigned,
  type GiveBackReason,
  type LeadFact,
} from '@meilenstein/contracts';
import { decided, refused, type Decision, type Instant, type Refusal, type RepId } from '@meilenstein/kernel';
import { openLead, type ClosedRefusal } from '../../lead/domain/disqualify-lead.ts';
import { isOpen } from '../../lead/domain/is-open.ts';
import type { CapturedLead, Lead } from '../../lead/domain/lead.ts';
import type { AssignmentState } from '../../lead/domain/lead-assignment.ts';
import type { Requeued } from './requeue.ts';

/** Takes an open lead away from this owner; undefined if it is closed or has another owner. */
export const unassignFrom = (lead: Lead, { from, reason }: Pick<Requeued, 'from' | 'reason'>): LeadFact | undefined => {
  if (!isOpen(lead) || lead.owner?.repId !== from) return undefined;
  return leadUnassigned.of({ leadId: lead.leadId, repId: from, teamId: lead.owner.teamId, reason });
};

export type GiveBack = {
  readonly reason: GiveBackReason | undefined;
  readonly note: string | null;
  /** the rep behind the token; undefined for callers who are no reps */
  readonly by: RepId | undefined;
};
export type GiveBackRefusal = ClosedRefusal | Refusal<'lead-without-owner' | 'lead-disqualified' | 'reason-missing'>;

/** The owner or a manager gives an open lead back. */
export const giveBackLead = (before: Lead, { reason, note, by }: GiveBack): Decision<LeadFact, GiveBackRefusal> => {
  const open = openLead(before);
  if ('refused' in open) return open;
  const { leadId, owner, status } = open.lead;
  if (status === 'disqualified') return refused('lead-disqualified', 'leadId: the lead is disqualified, so there is nothing to give back');
  if (owner === null) return refused('lead-without-owner', 'leadId: the lead has no owner who could give it back');
  if (reason === undefined) return refused('reason-missing', 'reason: say why, so that your manager understands it', { field: 'reason' });
  const { repId, teamId } = owner;
  return decided(leadGivenBack.of({ leadId, repId, teamId, byOwner: by === repId }, { confidential: { reason, note } }));
};

/**
 * The rep who gave back a lead that has waited since, and so does not get it again before it has waited too long; undefined otherwise.
 */
export const gaveBackLast = ({ givenBack, queue }: AssignmentState): RepId | undefined => {
  if (givenBack === null || queue === null || queue.isOverdue) return undefined;
  return queue.since <= givenBack.at ? givenBack.repId : undefined;
};

/** Reports once that a lead waits too long in its queue. */
export const checkQueueDue = ({ leadId, queue }: CapturedLead, now: Instant): Decision<LeadFact, never> => {
  if (queue === null || queue.isOverdue || now < queue.dueAt) return decided();
  return decided(leadQueueOverdue.of({ leadId, queueId: queue.queueId, teamId: queue.teamId, dueAt: queue.dueAt }));
};

const reasonOf = (lead: CapturedLead): 'duplicate' | 'not-a-lead' | undefined => {
  if (lead.status === 'merged') return 'duplicate';
  return lead.status === 'disqualified' && lead.disqualified?.reason === 'not-a-lead' ? 'not-a-lead' : undefined;
};

/** Returns the rotation turn of a lead that was a duplicate or not real, once. */
export const returnTurnOf = (lead: Lead): Extract<LeadFact, { name: 'RotationTurnReturned' }> | undefined => {
  if (lead.status === 'none' || lead.turnReturned || lead.owner === null) return undefined;
  const [reason, rotation] = [reasonOf(lead), lead.routing?.rotation ?? null];
  if (reason === undefined || rotation === null) return undefined;
  return rotationTurnReturned.of({ leadId: lead.leadId, repId: lead.owner.repId, rotation, reason });
};
