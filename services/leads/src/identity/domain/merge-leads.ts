import { leadAbsorbed, leadAssigned, leadMerged, leadMergeUndone, leadRestored, stampFact, type LeadFact } from '@meilenstein/contracts';
import { decided, refusal, refused, type Decision, type LeadId, type Refusal } from '@meilenstein/kernel';
import { allConsents } from '../../consent/domain/consent-record.ts';
import { fullProfile, evolveLead, type CapturedLead, type Lead } from '../../lead/domain/lead.ts';
import { allBant } from '../../lead/domain/lead-stage.ts';
import { customerWrote } from '../../service-levels/domain/service-level-commands.ts';

export type MergeRefusal = Refusal<
  'lead-not-found' | 'same-lead' | 'lead-merged' | 'lead-erased' | 'both-converted' | 'converted-lead-absorbed'
>;
type Pair = { readonly stays: CapturedLead; readonly goes: CapturedLead };

const checkMergeable = (lead: CapturedLead): MergeRefusal | undefined => {
  const named = { field: 'leadId', value: lead.leadId };
  if (lead.status === 'erased') return refusal('lead-erased', 'leadId: the person was erased; nothing is left to merge', named);
  return lead.status === 'merged'
    ? refusal('lead-merged', `leadId: it was merged into ${lead.mergedInto ?? 'another lead'}; undo that merge first`, named)
    : undefined;
};

/** The two leads, if they may be merged. */
export const mergePair = (stays: Lead | undefined, goes: Lead | undefined): Pair | { readonly refused: MergeRefusal } => {
  if (stays === undefined || goes === undefined || stays.status === 'none' || goes.status === 'none')
    return refused('lead-not-found', 'leadId: no lead that you may see has this id');
  if (stays.leadId === goes.leadId)
    return refused('same-lead', 'leadId: a lead cannot be merged with itself', { field: 'leadId', value: goes.leadId });
  const both = stays.opportunityId !== null && goes.opportunityId !== null;
  if (both) return refused('both-converted', 'leadId: each lead has its own opportunity; close one of them in the pipeline first');
  if (goes.opportunityId !== null)
    return refused(
      'converted-lead-absorbed',
      `other: it became the opportunity ${goes.opportunityId}; merge this lead into that one instead`,
      {
        field: 'other',
        value: goes.leadId,
      },
    );
  const wrong = checkMergeable(stays) ?? checkMergeable(goes);
  return wrong === undefined ? { stays, goes } : { refused: wrong };
};

/** The lead with an opportunity stays, otherwise the older one. */
export const orderForMerge = (a: CapturedLead, b: CapturedLead): Pair => {
  const age = (one: CapturedLead): string => `${one.opportunityId === null ? 1 : 0} ${one.capturedAt} ${one.leadId}`;
  return age(a) <= age(b) ? { stays: a, goes: b } : { stays: b, goes: a };
};

/** The lead that stays takes over the profile, BANT and consents of the other, and its owner if it has none. */
export const absorbLead = (before: Lead, goes: Lead, reason: 'same-person-proven' | 'by-hand'): Decision<LeadFact, MergeRefusal> => {
  const pair = mergePair(before, goes);
  if ('refused' in pair) return pair;
  const { stays } = pair;
  const merged = leadMerged.of(
    { leadId: stays.leadId, absorbed: pair.goes.leadId, reason },
    { confidential: { profile: fullProfile(pair.goes), bant: allBant(pair.goes), consents: allConsents(pair.goes) } },
  );
  const { owner } = pair.goes;
  if (stays.owner !== null || owner === null) return decided(merged);
  const { repId, teamId } = owner;
  return decided<LeadFact>(merged, leadAssigned.of({ leadId: stays.leadId, repId, teamId, reason: 'merge', candidates: 0 }));
};

export const becomeAbsorbed = (before: Lead, stays: Lead): Decision<LeadFact, MergeRefusal> => {
  const pair = mergePair(stays, before);
  return 'refused' in pair ? pair : decided(leadAbsorbed.of({ leadId: pair.goes.leadId, into: pair.stays.leadId }));
};

export type UndoRefusal = Refusal<'lead-not-found' | 'lead-not-merged'>;

const notMerged = (goes: LeadId): { readonly refused: UndoRefusal } =>
  refused('lead-not-merged', 'absorbed: it was not merged into this lead', { field: 'absorbed', value: goes });

/** The lead that stayed drops what came from the other one. */
export const undoMerge = (before: Lead, goes: LeadId): Decision<LeadFact, UndoRefusal> => {
  if (before.status === 'none') return refused('lead-not-found', 'leadId: no lead that you may see has this id');
  if (before.absorbed[goes] === undefined) return notMerged(goes);
  return decided(leadMergeUndone.of({ leadId: before.leadId, absorbed: goes }));
};

/** If the person wrote while the leads were merged, that counts as a reply, and a follow-up that waited for one does not go on. */
const repliesMeanwhile = (before: CapturedLead, restored: LeadFact): readonly LeadFact[] => {
  const { pausedSince: since } = before;
  const at =
    since === null
      ? undefined
      : before.profile.touches
          .map((touch) => touch.at)
          .toSorted()
          .findLast((one) => one > since);
  return at === undefined ? [] : customerWrote(evolveLead(before, stampFact(restored, at)), at);
};

/** The lead exists on its own again, as it was, with what its keys brought since. */
export const restoreLead = (before: Lead, from: LeadId): Decision<LeadFact, UndoRefusal> => {
  if (before.status === 'none') return refused('lead-not-found', 'leadId: no lead that you may see has this id');
  if (before.status !== 'merged' || before.mergedInto !== from) return notMerged(before.leadId);
  const restored = leadRestored.of({ leadId: before.leadId, from });
  return decided<LeadFact>(restored, ...repliesMeanwhile(before, restored));
};
