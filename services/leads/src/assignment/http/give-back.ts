import { dayOf, utcDayOf, type Instant, type RepId } from '@meilenstein/kernel';
import { teamOn } from '@meilenstein/contracts';
import { leadsToRequeue, openLeadOf } from '../domain/requeue.ts';
import type { RoutingSetup } from '../domain/route-lead.ts';
import { isAway, sellersOf } from '../domain/seller.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { loadSetup } from '../store/assignment-context.ts';
import { assignOwner } from './assign-owner.ts';

const pageSize = 100;

/** Whether a rep may have leads to reassign: a rep who has left or is absent. */
const mayLose = ({ company, profiles }: RoutingSetup, rep: RepId, now: Instant): boolean => {
  const today = company.zone === null ? utcDayOf(now) : dayOf(now, company.zone);
  if (teamOn(company, rep, today) === undefined) return true;
  return sellersOf(company, profiles, now).some((one) => one.repId === rep && isAway(one, now));
};

/** Reassigns every open lead of reps who have left, and those leads of absent reps that would be missed. Idempotent. Answers how many. */
export const giveBackLeadsOf = async (deps: LeadsDeps, reps: readonly RepId[]): Promise<number> => {
  const setup = await loadSetup(deps.stores);
  const now = deps.clock.now();
  const sellers = sellersOf(setup.company, setup.profiles, now);
  let moved = 0;
  for (const rep of new Set(reps)) {
    if (!mayLose(setup, rep, now)) continue;
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof deps.stores.leads.ofOwners>> = await deps.stores.leads.ofOwners([rep], {
        limit: pageSize,
        ...(cursor === '' ? {} : { cursor }),
      });
      const open = page.items.flatMap(({ lead }) => openLeadOf(lead, setup, now) ?? []);
      for (const lost of leadsToRequeue(open, sellers, now)) if (await assignOwner(deps, lost.leadId, { lost, setup })) moved += 1;
      cursor = page.next;
    }
  }
  return moved;
};

/** Assigns leads that waited because no rep was eligible, if one is now. Leads that waited too long have been reported and are left to people. */
export const retryQueues = async (deps: LeadsDeps): Promise<number> => {
  const setup = await loadSetup(deps.stores);
  const { document } = setup;
  const queues = new Set([document.queue, ...document.rules.flatMap(({ queue }) => queue ?? [])].map((one) => one.queueId));
  let moved = 0;
  for (const queue of queues) {
    const { items } = await deps.stores.leads.inQueue(queue, { limit: pageSize });
    const waiting = items.filter(({ lead }) => lead.queue?.reason === 'no-eligible-rep' && !lead.queue.isOverdue);
    for (const { lead } of waiting) if (await assignOwner(deps, lead.leadId, { setup })) moved += 1;
  }
  return moved;
};
