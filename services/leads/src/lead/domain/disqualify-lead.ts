import { leadDisqualified, type DisqualifyReason, type LeadFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Refusal } from '@meilenstein/kernel';
import type { CapturedLead, Lead } from './lead.ts';

/** Why a lead can be neither qualified nor disqualified. */
export type ClosedRefusal = Refusal<'lead-not-found' | 'lead-converted' | 'lead-merged' | 'lead-erased'>;

/** The lead if sales can still work on it, otherwise the reason why not. */
export const openLead = (lead: Lead): { readonly lead: CapturedLead } | { readonly refused: ClosedRefusal } => {
  if (lead.status === 'none') return refused('lead-not-found', 'leadId: no lead that you may see has this id');
  if (lead.status === 'merged') return refused('lead-merged', `leadId: the lead was merged into ${lead.mergedInto ?? 'another lead'}`);
  if (lead.status === 'erased') return refused('lead-erased', 'leadId: the person was erased');
  if (lead.status === 'converted')
    return refused('lead-converted', 'leadId: the lead is an opportunity now; record there what the customer does');
  return { lead };
};

export type DisqualifyLead = { readonly reason: DisqualifyReason | undefined; readonly note: string | null };

/** Disqualifies a lead. Repeating the same reason and note changes nothing. */
export const disqualifyLead = (
  before: Lead,
  { reason, note }: DisqualifyLead,
): Decision<LeadFact, ClosedRefusal | Refusal<'reason-missing'>> => {
  const open = openLead(before);
  if ('refused' in open) return open;
  if (reason === undefined) return refused('reason-missing', 'reason: say why, so that others learn from it', { field: 'reason' });
  const { leadId, sourceId, capturedAt, owner, reached, disqualified } = open.lead;
  if (disqualified?.reason === reason && disqualified.note === note) return decided();
  const furthest = reached.sql !== undefined ? 'sql' : reached.mql !== undefined ? 'mql' : null;
  const about = { leadId, sourceId, capturedAt, repId: owner?.repId ?? null, teamId: owner?.teamId ?? null };
  return decided(leadDisqualified.of({ ...about, reason, reached: furthest }, { confidential: { note } }));
};
