import { leadsOnCompanyChanged, type CompanyEnvelope } from '@meilenstein/contracts';
import { repId } from '@meilenstein/kernel';
import { foldEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { giveBackLeadsOf, retryQueues } from '../../assignment/http/give-back.ts';
import type { LeadsDeps } from '../../live-leads.ts';

const leaving = ['RepLeft', 'RepMoved'];
const coming = ['RepJoined', 'RepMoved'];

const subjectsOf = (events: readonly CompanyEnvelope[], names: readonly string[]) =>
  events.filter((event) => names.includes(event.name)).map((event) => repId.parse(event.subject));

/** Keeps the service's own copy of organisation and settings; who has left gives open leads back, who came may get some that wait. */
export const onCompanyChanged = (deps: LeadsDeps, consumer: EventConsumerDeps) =>
  foldEvents(
    leadsOnCompanyChanged,
    async (events) => {
      await deps.stores.company.fold(events);
      const left = subjectsOf(events, leaving);
      if (left.length > 0) await giveBackLeadsOf(deps, left);
      if (subjectsOf(events, coming).length > 0) await retryQueues(deps);
    },
    consumer,
  );
