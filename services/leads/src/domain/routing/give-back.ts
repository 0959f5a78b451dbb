import { leadCredited, leadQueueOverdue, leadUnassigned, type LeadFact } from '@meilenstein/contracts';
import { decided, type Decision, type Instant } from '@meilenstein/kernel';
import type { CapturedLead, Lead } from '../lead.ts';
import type { Requeued } from './requeue.ts';

const openStatuses: readonly Lead['status'][] = ['new', 'working', 'mql', 'sql'];

/** Whether sales still has to do something with it. */
export const isOpen = (lead: Lead): lead is CapturedLead => openStatuses.includes(lead.status);

/** An owner loses a lead that is still open and still the own one; undefined where there is nothing to take away. */
export const takenFrom = (lead: Lead, { from, reason }: Pick<Requeued, 'from' | 'reason'>): LeadFact | undefined => {
  if (!isOpen(lead) || lead.owner?.repId !== from) return undefined;
  return leadUnassigned.of({ leadId: lead.leadId, repId: from, teamId: lead.owner.teamId, reason });
};

/** Says once that a lead still waits in its queue when somebody should have picked it. */
export const lookAtQueue = ({ leadId, queue }: CapturedLead, now: Instant): Decision<LeadFact, never> => {
  if (queue === null || queue.isOverdue || now < queue.dueAt) return decided();
  return decided(leadQueueOverdue.of({ leadId, queueId: queue.queueId, teamId: queue.teamId, dueAt: queue.dueAt }));
};

const reasonOf = (lead: CapturedLead): 'duplicate' | 'not-a-lead' | undefined => {
  if (lead.status === 'merged') return 'duplicate';
  return lead.status === 'disqualified' && lead.disqualified?.reason === 'not-a-lead' ? 'not-a-lead' : undefined;
};

/** Whoever got a lead in turn that was none is given the turn back, once. */
export const creditOwner = (lead: Lead): Extract<LeadFact, { name: 'LeadCredited' }> | undefined => {
  if (lead.status === 'none' || lead.credited || lead.owner === null) return undefined;
  const [reason, rotation] = [reasonOf(lead), lead.routing?.rotation ?? null];
  if (reason === undefined || rotation === null) return undefined;
  return leadCredited.of({ leadId: lead.leadId, repId: lead.owner.repId, rotation, reason });
};
