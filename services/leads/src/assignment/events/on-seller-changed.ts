import { leadsOnSellerChanged } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { giveBackLeadsOf, retryQueues } from '../http/give-back.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/** Who is away now gives back what would be missed; who can do more, or is there again, may get a lead that waits. */
export const onSellerChanged = (deps: LeadsDeps, consumer: EventConsumerDeps) =>
  onEvents(
    leadsOnSellerChanged,
    async (event) => {
      await giveBackLeadsOf(deps, [event.data.repId]);
      await retryQueues(deps);
    },
    consumer,
  );
