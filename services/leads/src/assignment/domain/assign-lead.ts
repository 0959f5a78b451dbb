import { leadAssigned, type LeadFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Refusal, type RepId } from '@meilenstein/kernel';
import type { Lead } from '../../lead/domain/lead.ts';
import type { Member } from './seller.ts';

export type AssignRefusal = Refusal<'lead-not-found' | 'lead-converted' | 'lead-merged' | 'lead-erased' | 'rep-not-found'>;

/** Assigns a lead by hand to a rep who belongs to a team today. Assigning the current owner changes nothing. */
export const assignLead = (
  before: Lead,
  to: RepId,
  { members, candidates }: { readonly members: readonly Member[]; readonly candidates: number },
): Decision<LeadFact, AssignRefusal> => {
  if (before.status === 'none') return refused('lead-not-found', 'leadId: no lead has this id');
  if (before.status === 'merged') return refused('lead-merged', `leadId: the lead was merged into ${before.mergedInto ?? 'another lead'}`);
  if (before.status === 'erased') return refused('lead-erased', 'leadId: the person was erased');
  if (before.status === 'converted')
    return refused('lead-converted', 'leadId: the lead is an opportunity now; change the owner of the opportunity instead');
  const rep = members.find((one) => one.repId === to);
  if (rep === undefined)
    return refused(
      'rep-not-found',
      `repId: ${to} is not a current rep whom you may assign leads to; GET /organisation lists who is in which team`,
      {
        field: 'repId',
        value: to,
      },
    );
  if (before.owner?.repId === to) return decided();
  return decided(leadAssigned.of({ leadId: before.leadId, repId: to, teamId: rep.teamId, reason: 'manual', candidates }));
};

/** A rep picks a waiting lead. A second rep is refused, because the lead no longer waits. */
export const pickLead = (before: Lead, { repId, teamId }: Member): Decision<LeadFact, Refusal<'lead-not-queued'>> => {
  if (before.status === 'none' || before.queue === null)
    return refused('lead-not-queued', 'leadId: the lead is in no queue; another rep may have picked it first');
  return decided(leadAssigned.of({ leadId: before.leadId, repId, teamId, reason: 'queue-picked', candidates: 1 }));
};
