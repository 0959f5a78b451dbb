import { leadErased, type LeadFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Refusal } from '@meilenstein/kernel';
import type { Lead } from '../../lead/domain/lead.ts';

export type EraseReason = 'request' | 'sender' | 'retention';
export type EraseRefusal = Refusal<'lead-not-found'>;

/** Orders the erasure of a person. The keys are released, so a person who comes back is a new one. */
export const eraseLead = (before: Lead, reason: EraseReason): Decision<LeadFact, EraseRefusal> => {
  if (before.status === 'none') return refused('lead-not-found', 'leadId: no lead that you may see has this id');
  if (before.status === 'erased') return decided();
  return { events: [leadErased.of({ leadId: before.leadId, opportunityId: before.opportunityId, reason })], releases: before.keys };
};
