import { pipelineOnCompanyChanged, type ReceivedBy } from '@meilenstein/contracts';
import { foldEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { correctOrderTeam } from '../domain/owner-team.ts';
import { zoneOf } from '../http/current-company.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';

type Correction = Extract<ReceivedBy<typeof pipelineOnCompanyChanged>, { readonly name: 'RepMembershipsCorrected' }>['data'];

const ordersPerPage = 100;

/** Moves the orders of a rep to the team of their day. An order that is right already stays unchanged, so it may run again. */
const correctOrders = async ({ stores, clock }: PipelineDeps, { repId, effectiveFrom: since }: Correction): Promise<void> => {
  const company = await stores.company.read();
  const about = { company, zone: zoneOf(company), since, now: clock.now() };
  let cursor: string | undefined;
  do {
    const page = await stores.opportunities.ofOwners([repId], 'won', { limit: ordersPerPage, cursor });
    for (const { opportunity } of page.items)
      await stores.opportunities.change(opportunity.dimensions.opportunityId, (state) => correctOrderTeam(state, about));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
};

/** Keeps the copy of the company; where a membership was told late, orders follow it. */
export const onCompanyChanged = (deps: PipelineDeps, consumer: EventConsumerDeps) =>
  foldEvents(
    pipelineOnCompanyChanged,
    async (events) => {
      await deps.stores.company.fold(events);
      for (const event of events) if (event.name === 'RepMembershipsCorrected') await correctOrders(deps, event.data);
    },
    consumer,
  );
