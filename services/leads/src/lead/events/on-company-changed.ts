import { leadsOnCompanyChanged, type CompanyEnvelope } from '@meilenstein/contracts';
import { repId } from '@meilenstein/kernel';
import { foldEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { giveBackLeadsOf, retryQueues } from '../../assignment/http/give-back.ts';
import type { LeadsDeps } from '../../live-leads.ts';

const leaving = ['RepLeft', 'RepMoved'];
const coming = ['RepJoined', 'RepMoved'];

const subjectsOf = (events: readonly CompanyEnvelope[], names: readonly string[]) =>
  events.filter((event) => names.includes(event.name)).map((event) => repId.parse(event.subject));

/** Keeps a copy of the organisation and settings. Open leads of reps who left are reassigned, and reps who joined may get waiting leads. */
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
