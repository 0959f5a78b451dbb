import { leadsOnLeadUnplaced } from '@meilenstein/contracts';
import type { LeadId } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { creditOwner } from '../domain/give-back.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { routingDesk } from '../http/routing-desk.ts';

/** Gives the turn back that a lead had cost which was none, in one transaction with the lead, so that it is given back once. */
const credit = async ({ stores }: LeadsDeps, id: LeadId): Promise<void> => {
  const { leads, turns } = stores;
  await leads.changeByPlan<never>(id, async (state) => {
    const credited = creditOwner(state);
    if (credited === undefined) return { decision: { events: [] }, alongside: [] };
    const { rotation, repId } = credited.data;
    return { decision: { events: [credited] }, alongside: turns.credited(await turns.load(), rotation, repId) };
  });
};

/** A duplicate, or a lead that was none, costs nobody a turn; one that counts again and has no owner is routed again. */
export const onLeadUnplaced = (deps: LeadsDeps, consumer: EventConsumerDeps) => {
  const desk = routingDesk(deps);
  return onEvents(
    leadsOnLeadUnplaced,
    async (event) => {
      if (event.name === 'LeadAbsorbed' || event.name === 'LeadDisqualified') return credit(deps, event.data.leadId);
      await desk.findOwner(await desk.setup(), event.data.leadId);
    },
    consumer,
  );
};
