import { addMillis, laterOf, type Instant, type LeadId, type RepId } from '@meilenstein/kernel';
import { isHistory, type CapturedLead } from '../../lead/domain/lead.ts';
import { deadlineOf, isOver } from '../../service-levels/domain/service-level.ts';
import { isOpen } from '../../lead/domain/is-open.ts';
import { queueDueAt } from './routed-facts.ts';
import type { RoutingSetup } from './route-lead.ts';
import { availableFrom, isAway, type Seller } from './seller.ts';

/** A lead that somebody owns and nobody has finished. */
export type OpenLead = {
  readonly leadId: LeadId;
  readonly ownerId: RepId;
  readonly answeredAt: Instant | null;
  readonly dueAt: Instant | null;
};

const week = 7 * 86_400_000;

/** Where nothing was promised: as long as a lead may wait with nobody; what another system knew can wait for a week. */
const unpromisedDueAt = (lead: CapturedLead, assignedAt: Instant, { document, company }: RoutingSetup, now: Instant): Instant =>
  isHistory(lead) ? addMillis(now, week) : queueDueAt(document.queue, company, laterOf(assignedAt, lead.requalifiedAt ?? assignedAt));

/** A lead as its owner may lose it; undefined where nobody has it or nobody has to do anything. A running promise is kept by an answer alone. */
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
 * The open leads that must find another owner: all of who has left, and of who is away those that nobody answered and that would be
 * missed. Who is away and comes back in time keeps them.
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
