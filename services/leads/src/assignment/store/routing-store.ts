import {
  factReader,
  routingPublished,
  sellerProfile,
  sellerProfileChanged,
  territoriesPublished,
  type RoutingFact,
  type SellerFact,
  type SellerProfile,
  type TerritoriesFact,
} from '@meilenstein/contracts';
import { accountId, instant, repId, type AccountId, type Instant, type RepId, type Decision } from '@meilenstein/kernel';
import { aggregateStore, queryAll, writeAll, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import {
  evolveRouting,
  evolveSeller,
  evolveTerritories,
  noTerritories,
  routingInForce,
  seller,
  territoriesInForce,
  usualRouting,
  usualSeller,
  type RoutingInForce,
  type SellerInForce,
  type TerritoriesInForce,
} from '../domain/publish-routing.ts';
import { accountPartition, prefixes, profileKey, profilesPartition, sellersWatchedKey } from '../../keys.ts';

type Expected = { readonly expectedVersion?: number };

const rulesOf = (machinery: Machinery) => {
  const store = aggregateStore<RoutingInForce, RoutingFact>(
    {
      prefix: prefixes.routing,
      owner: 'leads',
      schemaNumber: 1,
      schema: routingInForce,
      initial: usualRouting,
      fact: factReader([routingPublished]),
      evolve: evolveRouting,
    },
    machinery,
  );
  return {
    audited: store.audited,
    current: async (): Promise<RoutingInForce> => (await store.find('RULES'))?.state ?? usualRouting,
    change: <R>(decide: (state: RoutingInForce) => Decision<RoutingFact, R>, expected: Expected) => store.change('RULES', decide, expected),
  };
};

const territoriesOf = (machinery: Machinery) => {
  const store = aggregateStore<TerritoriesInForce, TerritoriesFact>(
    {
      prefix: prefixes.territories,
      owner: 'leads',
      schemaNumber: 1,
      schema: territoriesInForce,
      initial: noTerritories,
      fact: factReader([territoriesPublished]),
      evolve: evolveTerritories,
    },
    machinery,
  );
  return {
    audited: store.audited,
    current: async (): Promise<TerritoriesInForce> => (await store.find('TREE'))?.state ?? noTerritories,
    change: <R>(decide: (state: TerritoriesInForce) => Decision<TerritoriesFact, R>, expected: Expected) =>
      store.change('TREE', decide, expected),
  };
};

const profileItem = z.looseObject({ profile: sellerProfile });
const watchedItem = z.looseObject({ until: instant });

const sellersOf = (machinery: Machinery) => {
  const { table } = machinery;
  const store = aggregateStore<SellerInForce, SellerFact>(
    {
      prefix: prefixes.seller,
      owner: 'leads',
      schemaNumber: 1,
      schema: seller,
      initial: usualSeller,
      fact: factReader([sellerProfileChanged]),
      evolve: evolveSeller,
      views: (facts, { after }) =>
        facts.slice(-1).map(({ data }) => ({ put: { ...profileKey(data.repId), profile: { repId: data.repId, ...after.profile } } })),
    },
    machinery,
  );
  return {
    audited: store.audited,
    find: async (id: RepId): Promise<SellerInForce> => (await store.find(id))?.state ?? usualSeller,
    change: <R>(id: RepId, decide: (state: SellerInForce) => Decision<SellerFact, R>, expected: Expected) =>
      store.change(id, decide, expected),
    /** of every rep who has one */
    profiles: async (): Promise<readonly SellerProfile[]> =>
      (await queryAll(table, { partition: profilesPartition })).flatMap((item) => profileItem.safeParse(item).data?.profile ?? []),
    /** until when absences and leaves were checked; undefined: never */
    watchedUntil: async (): Promise<Instant | undefined> => watchedItem.safeParse(await table.get(sellersWatchedKey)).data?.until,
    keepWatched: async (until: Instant): Promise<void> => {
      await writeAll(machinery, [{ put: { ...sellersWatchedKey, until } }]);
    },
  };
};

const accountItem = z.looseObject({ account: accountId, repId, since: instant });
export type AccountOwner = { readonly repId: RepId; readonly since: Instant };

const accountsOf = ({ table }: Pick<Machinery, 'table'>) => ({
  /** the rep who sold to an account last; undefined if nobody did */
  ownerOf: async (account: AccountId): Promise<AccountOwner | undefined> =>
    accountItem.safeParse((await table.query({ partition: accountPartition(account), descending: true, limit: 1 })).items[0]).data,
});

/** Routing rules, territories, routing profiles and account owners. */
export const routingStore = (machinery: Machinery) => ({
  rules: rulesOf(machinery),
  territories: territoriesOf(machinery),
  sellers: sellersOf(machinery),
  accounts: accountsOf(machinery),
});
export type RoutingStore = ReturnType<typeof routingStore>;
