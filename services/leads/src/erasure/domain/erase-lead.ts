import { leadErased, type LeadFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Refusal } from '@meilenstein/kernel';
import type { Lead } from '../../lead/domain/lead.ts';

export type EraseReason = 'request' | 'sender' | 'retention';
export type EraseRefusal = Refusal<'lead-not-found'>;

/** The order to forget a person; the keys that led to the lead are released, so that whoever comes back is somebody new. */
export const eraseLead = (before: Lead, reason: EraseReason): Decision<LeadFact, EraseRefusal> => {
  if (before.status === 'none') return refused('lead-not-found', 'leadId: no lead that you may see has this id');
  if (before.status === 'erased') return decided();
  return { events: [leadErased.of({ leadId: before.leadId, opportunityId: before.opportunityId, reason })], releases: before.keys };
};
