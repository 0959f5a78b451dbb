import { leadsReviewAssignment } from '@meilenstein/contracts';
import type { LeadId } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { returnTurnOf } from '../domain/give-back.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { leadRouter } from '../http/lead-router.ts';

/** Gives the turn back that a lead had cost which was none, in one transaction with the lead, so that it is given back once. */
const returnRotationTurn = async ({ stores }: LeadsDeps, id: LeadId): Promise<void> => {
  const { leads, rotations } = stores;
  await leads.changeByPlan<never>(id, async (state) => {
    const returned = returnTurnOf(state);
    if (returned === undefined) return { decision: { events: [] }, alongside: [] };
    const { rotation, repId } = returned.data;
    return { decision: { events: [returned] }, alongside: rotations.returnedTurnWrites(await rotations.load(), rotation, repId) };
  });
};

/** A duplicate, or a lead that was none, costs nobody a turn; one that counts again and has no owner is routed again. */
export const reviewAssignments = (deps: LeadsDeps, consumer: EventConsumerDeps) => {
  const router = leadRouter(deps);
  return onEvents(
    leadsReviewAssignment,
    async (event) => {
      if (event.name === 'LeadAbsorbed' || event.name === 'LeadDisqualified') return returnRotationTurn(deps, event.data.leadId);
      await router.findOwner(await router.loadSetup(), event.data.leadId);
    },
    consumer,
  );
};
