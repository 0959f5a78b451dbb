import { leadsOnSellerChanged } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { giveBackLeadsOf, retryQueues } from '../http/give-back.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/** Reassigns the leads of an absent rep that would be missed, and gives waiting leads to a rep who became available or can take more. */
export const onSellerChanged = (deps: LeadsDeps, consumer: EventConsumerDeps) =>
  onEvents(
    leadsOnSellerChanged,
    async (event) => {
      await giveBackLeadsOf(deps, [event.data.repId]);
      await retryQueues(deps);
    },
    consumer,
  );
