import { leadsOnLeadErased } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import type { LeadsDeps } from '../../live-leads.ts';
import { forgetPerson } from './forget-person.ts';

/** Deletes everything that identifies an erased person. Receiving the event again (after a restore) deletes what came back. */
export const onLeadErased = (deps: LeadsDeps, consumer: EventConsumerDeps) =>
  onEvents(
    leadsOnLeadErased,
    async (event) => {
      await forgetPerson(deps, event.data.leadId);
    },
    consumer,
  );
