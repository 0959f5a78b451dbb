import { addMillis, laterOf, type Instant, type LeadId, type RepId } from '@meilenstein/kernel';
import { isHistory, type CapturedLead } from '../../lead/domain/lead.ts';
import { deadlineOf, isOver } from '../../service-levels/domain/service-level.ts';
import { isOpen } from '../../lead/domain/is-open.ts';
import { queueDueAt } from './routed-facts.ts';
import type { RoutingSetup } from './route-lead.ts';
import { availableFrom, isAway, type Seller } from './seller.ts';

/** An open lead with an owner. */
export type OpenLead = {
  readonly leadId: LeadId;
  readonly ownerId: RepId;
  readonly answeredAt: Instant | null;
  readonly dueAt: Instant | null;
};

const week = 7 * 86_400_000;

/** The deadline without a service level: as long as a lead may wait in the default queue; imported history may wait a week. */
const unpromisedDueAt = (lead: CapturedLead, assignedAt: Instant, { document, company }: RoutingSetup, now: Instant): Instant =>
  isHistory(lead) ? addMillis(now, week) : queueDueAt(document.queue, company, laterOf(assignedAt, lead.requalifiedAt ?? assignedAt));

/** A lead that its owner may lose; undefined if it has no owner or is closed. While a service level runs, only an answer keeps it with its owner. */
export const openLeadOf = (lead: CapturedLead, by: RoutingSetup, now: Instant): OpenLead | undefined => {
  if (lead.owner === null || !isOpen(lead)) return undefined;
  const { leadId, owner, serviceLevel, answer, worked } = lead;
  const about = { leadId, ownerId: owner.repId };
  if (serviceLevel !== null && !isOver(serviceLevel.state)) return { ...about, answeredAt: null, dueAt: deadlineOf(serviceLevel.state) };
  const answeredAt = answer?.at ?? (worked ? owner.assignedAt : null);
  const dueAt = serviceLevel === null ? unpromisedDueAt(lead, owner.assignedAt, by, now) : deadlineOf(serviceLevel.state);
  return { ...about, answeredAt, dueAt };
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
 * The open leads that must be reassigned: all of a rep who has left, and of an absent rep those that nobody answered and that would
 * be missed. An absent rep who is back in time keeps them.
 */
export const leadsToRequeue = (leads: readonly OpenLead[], sellers: readonly Seller[], now: Instant): readonly Requeued[] =>
  leads.flatMap((lead) => {
    const reason = reasonFor(
      lead,
      sellers.find((one) => one.repId === lead.ownerId),
      now,
    );
    return reason === undefined ? [] : [{ leadId: lead.leadId, from: lead.ownerId, reason }];
  });
