import { factReader, opportunityEvents, type Happened, type OpportunityFact } from '@meilenstein/contracts';
import type { Instant, OpportunityId, RepId } from '@meilenstein/kernel';
import {
  aggregateStore,
  confidentialPrefix,
  deleteAll,
  queryAll,
  partitionPages,
  wholePartitions,
  type Machinery,
  type PageRequest,
  type Write,
} from '@meilenstein/runtime';
import { evolveOpportunity, noOpportunity, type ExistingOpportunity, type Opportunity } from '../domain/opportunity.ts';
import { amountClass, type OrderHistory } from '../domain/order-history.ts';
import { byOpening, orderHistoryPartition, orderHistoryShard, ownerPartition, ownerStatusPartition, prefixes } from '../../keys.ts';
import { storedOpportunity } from './stored-state.ts';

/** Greater than every sort key of ours. */
const lastKey = '~';

/** When an opportunity was closed, by the day that counts for the company; undefined while it is open. */
const closedAt = (opportunity: ExistingOpportunity): Instant | undefined => {
  switch (opportunity.status) {
    case 'open':
      return undefined;
    case 'won':
      return opportunity.order.orderedAt;
    case 'lost':
      return opportunity.lostAt;
    case 'cancelled':
      return opportunity.cancelledAt;
  }
};

export type FoundOpportunity = { readonly opportunity: ExistingOpportunity; readonly version: number };

const classPrefix = 'class';

/** By how much an event changes the number of orders of an amount, in minor units of the reporting currency. */
const countedOrders = (fact: Happened<OpportunityFact>): readonly { readonly minor: number; readonly by: 1 | -1 }[] => {
  switch (fact.name) {
    case 'OpportunityWon':
      return [{ minor: fact.data.reportingAmount.minor, by: 1 }];
    case 'OrderCancelled':
      return [{ minor: fact.data.reportingAmount.minor, by: -1 }];
    case 'OrderCorrected': {
      const { previous, reportingAmount } = fact.data;
      return [
        { minor: previous.reportingAmount.minor, by: -1 },
        { minor: reportingAmount.minor, by: 1 },
      ];
    }
    case 'OrderPartiallyCancelled': {
      const { cancelled, reportingAmount } = fact.data;
      return [
        { minor: cancelled.reportingAmount.minor + reportingAmount.minor, by: -1 },
        { minor: reportingAmount.minor, by: 1 },
      ];
    }
    default:
      return [];
  }
};

/** An order counts in the class of its amount as it is in force, and a cancelled one no more. */
const orderCounts = (facts: readonly Happened<OpportunityFact>[]): Write[] =>
  facts.flatMap((fact) =>
    countedOrders(fact).map(({ minor, by }) => ({
      add: orderHistoryShard(fact.data.opportunityId),
      by: { [`${classPrefix}${amountClass(minor)}`]: by },
    })),
  );

/** Stores opportunities; finds them by id, as known at an instant, and by owner. */
export const opportunityStore = (machinery: Machinery) => {
  const store = aggregateStore<Opportunity, OpportunityFact>(
    {
      prefix: prefixes.opportunity,
      owner: 'pipeline',
      schemaNumber: 1,
      schema: storedOpportunity,
      initial: noOpportunity,
      fact: factReader(opportunityEvents),
      evolve: evolveOpportunity,
      views: orderCounts,
      index: (state, id) => {
        if (state.status === 'none') return {};
        const { repId, openedAt } = state.dimensions;
        const sort = byOpening(openedAt, id);
        const byStatus = byOpening(closedAt(state) ?? openedAt, id);
        return { gsi1pk: ownerPartition(repId), gsi1sk: sort, gsi2pk: ownerStatusPartition(repId, state.status), gsi2sk: byStatus };
      },
    },
    machinery,
  );
  const history = async (): Promise<OrderHistory> => {
    const items = await queryAll(machinery.table, { partition: orderHistoryPartition });
    const counts = new Map<number, number>();
    for (const item of items)
      for (const [name, count] of Object.entries(item))
        if (typeof count === 'number' && name.startsWith(classPrefix)) {
          const digit = Number(name.slice(classPrefix.length));
          counts.set(digit, (counts.get(digit) ?? 0) + count);
        }
    return counts;
  };
  const existing = ({ state, version }: { readonly state: Opportunity; readonly version: number }): FoundOpportunity[] =>
    state.status === 'none' ? [] : [{ opportunity: state, version }];
  const [ofOwner, ofOwnerByStatus] = [partitionPages(machinery.table, 'gsi1'), partitionPages(machinery.table, 'gsi2')];
  const [wholeOwners, wholeOwnersByStatus] = [wholePartitions(machinery.table, 'gsi1'), wholePartitions(machinery.table, 'gsi2')];

  return {
    audited: store.audited,
    change: store.change,
    changeMany: store.changeMany,
    refold: store.refold,
    /** how many orders lie in each class of amounts */
    history,
    /** deletes the customers' own words; throws where some are left */
    eraseConfidential: async (id: OpportunityId): Promise<void> => {
      await deleteAll(machinery, { partition: `${prefixes.opportunity}#${id}`, prefix: confidentialPrefix });
    },
    find: async (id: OpportunityId): Promise<FoundOpportunity | undefined> => {
      const found = await store.find(id);
      return found === undefined ? undefined : existing(found)[0];
    },
    /** those of some ids that exist, in their order */
    findMany: async (ids: readonly OpportunityId[]): Promise<readonly FoundOpportunity[]> =>
      (await store.findMany(ids)).flatMap((found) => (found === undefined ? [] : existing(found))),
    asOf: async (id: OpportunityId, at: Instant): Promise<ExistingOpportunity | undefined> => {
      const state = await store.asOf(id, at);
      return state === undefined || state.status === 'none' ? undefined : state;
    },
    /** every opportunity of some owners, in no order; only of one status where it is given */
    allOf: async (owners: readonly RepId[], status: ExistingOpportunity['status'] | undefined, most: number) => {
      const { items, isComplete } =
        status === undefined
          ? await wholeOwners(owners.map(ownerPartition), most)
          : await wholeOwnersByStatus(
              owners.map((owner) => ownerStatusPartition(owner, status)),
              most,
            );
      return { found: items.flatMap((item) => existing(store.read(item))), isComplete };
    },
    /** what was won or lost since an instant */
    closedSince: async (owners: readonly RepId[], since: Instant): Promise<readonly FoundOpportunity[]> => {
      const partitions = owners.flatMap((owner) => [ownerStatusPartition(owner, 'won'), ownerStatusPartition(owner, 'lost')]);
      const pages = await Promise.all(
        partitions.map((partition) => queryAll(machinery.table, { index: 'gsi2', partition, between: [since, lastKey] })),
      );
      return pages.flat().flatMap((item) => existing(store.read(item)));
    },
    /** owner by owner, the newest first for each; only of one status where it is given */
    ofOwners: async (owners: readonly RepId[], status: ExistingOpportunity['status'] | undefined, request: PageRequest) => {
      const page =
        status === undefined
          ? await ofOwner(owners.map(ownerPartition), request)
          : await ofOwnerByStatus(
              owners.map((owner) => ownerStatusPartition(owner, status)),
              request,
            );
      return { items: page.items.flatMap((item) => existing(store.read(item))), next: page.next };
    },
  };
};
