import { leadsReviewAssignment } from '@meilenstein/contracts';
import type { LeadId } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { returnTurn } from '../domain/assign-by-rules.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { assignOwner } from '../http/assign-owner.ts';

/** Returns the rotation turn of a lead that was not real, in one transaction with the lead, so that it is returned once. */
const returnRotationTurn = async ({ stores }: LeadsDeps, id: LeadId): Promise<void> => {
  await stores.leads.changeWith(id, async () => ({ rotations: await stores.rotations.load() }), returnTurn);
};

/** Returns the turn of a duplicate or unreal lead, and finds an owner for a lead that is open again or waited too long in its queue. */
export const reviewAssignments = (deps: LeadsDeps, consumer: EventConsumerDeps) =>
  onEvents(
    leadsReviewAssignment,
    async (event) => {
      if (event.name === 'LeadAbsorbed' || event.name === 'LeadDisqualified') await returnRotationTurn(deps, event.data.leadId);
      else await assignOwner(deps, event.data.leadId);
    },
    consumer,
  );
