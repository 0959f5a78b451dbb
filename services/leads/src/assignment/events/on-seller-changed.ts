import { sellerProfileChanged } from '@meilenstein/contracts';
import { lambda, onEvents, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { giveBackLeadsOf, retryQueues } from '../http/give-back.ts';
import { liveLeads, type LeadsDeps } from '../../live-leads.ts';

/** Who is away now gives back what would be missed; who can do more, or is there again, may get a lead that waits. */
export const onSellerChanged = (deps: LeadsDeps, door: EventDoorDeps) =>
  onEvents(
    [sellerProfileChanged],
    async (event) => {
      await giveBackLeadsOf(deps, [event.data.repId]);
      await retryQueues(deps);
    },
    door,
  );
export const handler = lambda(() => onSellerChanged(liveLeads(), liveDoor()));
