import type { Instant, LeadId, RepId } from '@meilenstein/kernel';
import { availableFrom, isAway, type Seller } from './seller.ts';

/** A lead that somebody owns and nobody has finished. */
export type OpenLead = {
  readonly leadId: LeadId;
  readonly ownerId: RepId;
  readonly answeredAt: Instant | null;
  readonly dueAt: Instant | null;
};

export type Requeued = {
  readonly leadId: LeadId;
  readonly from: RepId;
  readonly reason: 'owner-has-left' | 'owner-is-absent' | 'not-answered';
};

const reasonFor = ({ answeredAt, dueAt }: OpenLead, owner: Seller | undefined, now: Instant): Requeued['reason'] | undefined => {
  if (owner?.teamId === undefined) return 'owner-has-left';
  if (answeredAt !== null || dueAt === null || !isAway(owner, now)) return undefined;
  const back = availableFrom(owner, now);
  return back === undefined || back > dueAt ? 'owner-is-absent' : undefined;
};

/**
 * The open leads that must find another owner: all of who has left, and of who is away those that nobody answered and that would be
 * missed. Who is away and comes back in time keeps them.
 */
export const leadsToRequeue = (leads: readonly OpenLead[], sellers: readonly Seller[], now: Instant): readonly Requeued[] =>
  leads.flatMap((lead) => {
    const reason = reasonFor(lead, sellers.find((one) => one.repId === lead.ownerId), now); // prettier-ignore
    return reason === undefined ? [] : [{ leadId: lead.leadId, from: lead.ownerId, reason }];
  });
