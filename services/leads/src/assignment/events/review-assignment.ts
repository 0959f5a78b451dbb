import { leadsReviewAssignment } from '@meilenstein/contracts';
import type { LeadId } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { returnTurnOf } from '../domain/give-back.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { leadRouter } from '../http/lead-router.ts';

/** Returns the rotation turn of a lead that was not real, in one transaction with the lead, so that it is returned once. */
const returnRotationTurn = async ({ stores }: LeadsDeps, id: LeadId): Promise<void> => {
  const { leads, rotations } = stores;
  await leads.changeByPlan<never>(id, async (state) => {
    const returned = returnTurnOf(state);
    if (returned === undefined) return { decision: { events: [] }, alongside: [] };
    const { rotation, repId } = returned.data;
    return { decision: { events: [returned] }, alongside: rotations.returnedTurnWrites(await rotations.load(), rotation, repId) };
  });
};

/** Returns the turn of a duplicate or unreal lead, and finds an owner for a lead that is open again or overdue in its queue. */
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
