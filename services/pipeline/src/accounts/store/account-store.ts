import { accountEvents, factReader, type AccountFact } from '@meilenstein/contracts';
import { accountId, opportunityId, type AccountId, type OpportunityId, type RepId } from '@meilenstein/kernel';
import {
  aggregateStore,
  confidentialPrefix,
  deleteAll,
  queryAll,
  wholePartitions,
  writeAll,
  type Item,
  type Machinery,
  type Write,
} from '@meilenstein/runtime';
import { evolveAccount, nameClaim, noAccount, type Account, type ExistingAccount } from '../domain/account.ts';
import {
  accountOpportunityKey,
  accountsOfMember,
  accountsOfOwner,
  byAccountName,
  memberKey,
  opportunitiesOfAccount,
  prefixes,
} from '../../keys.ts';
import { storedAccount } from './stored-account.ts';

export type FoundAccount = { readonly account: ExistingAccount; readonly version: number };

/** Merges of merges: more steps than accounts may be merged into one cannot be. */
const mostSteps = 60;

const membersOf = (account: Account): readonly RepId[] =>
  account.status === 'active' ? account.facts.team.map((member) => member.repId) : [];

/** Who works with the account is found by the person: one small item for each of them. */
const memberLinks = ({ before, after }: { readonly before: Account; readonly after: Account }): Write[] => {
  if (after.status === 'none') return [];
  const [were, are] = [membersOf(before), membersOf(after)];
  return [
    ...are.filter((one) => !were.includes(one)).map((one) => ({ put: memberKey(one, after.accountId) })),
    ...were.filter((one) => !are.includes(one)).map((one) => ({ remove: memberKey(one, after.accountId) })),
  ];
};

/** Stores accounts; finds them by id, by owner and by who works with them. */
export const accountStore = (machinery: Machinery) => {
  const store = aggregateStore<Account, AccountFact>(
    {
      prefix: prefixes.account,
      owner: 'pipeline',
      schemaNumber: 1,
      schema: storedAccount,
      initial: noAccount,
      fact: factReader(accountEvents),
      evolve: evolveAccount,
      views: (_, states) => memberLinks(states),
      index: (state) =>
        state.status === 'active'
          ? { gsi1pk: accountsOfOwner(state.facts.owner), gsi1sk: byAccountName(state.facts.name, state.accountId) }
          : {},
    },
    machinery,
  );
  const existing = (found: { readonly state: Account; readonly version: number } | undefined): FoundAccount[] =>
    found === undefined || found.state.status === 'none' ? [] : [{ account: found.state, version: found.version }];
  const wholeOwners = wholePartitions(machinery.table, 'gsi1');

  /** The accounts of some ids, each by the one that has taken it over. */
  const findRemaining = async (ids: readonly AccountId[]): Promise<ReadonlyMap<AccountId, FoundAccount>> => {
    const known = new Map<AccountId, FoundAccount>();
    let wanted = [...new Set(ids)];
    for (let step = 0; wanted.length > 0 && step < mostSteps; step += 1) {
      const found = (await store.findMany(wanted)).flatMap(existing);
      for (const one of found) known.set(one.account.accountId, one);
      wanted = [...new Set(found.flatMap(({ account }) => account.mergedInto ?? []))].filter((id) => !known.has(id));
    }
    const remaining = (id: AccountId, steps = 0): FoundAccount | undefined => {
      const found = known.get(id);
      return found === undefined || found.account.mergedInto === null || steps > mostSteps
        ? found
        : remaining(found.account.mergedInto, steps + 1);
    };
    return new Map(
      ids.flatMap((id) => {
        const found = remaining(id);
        return found === undefined ? [] : [[id, found] as const];
      }),
    );
  };

  return {
    audited: store.audited,
    change: store.change,
    changeMany: store.changeMany,
    changeTogether: store.changeTogether,
    refold: store.refold,
    find: async (id: AccountId): Promise<FoundAccount | undefined> => existing(await store.find(id))[0],
    findMany: async (ids: readonly AccountId[]): Promise<readonly FoundAccount[]> => (await store.findMany(ids)).flatMap(existing),
    findRemaining,
    /** the account that has a company's name, or had it before */
    holderOfName: (name: string): Promise<string | undefined> => store.holderOf(nameClaim(name)),
    /** every account of some owners, in no order; null: those without an owner */
    ofOwners: async (owners: readonly (RepId | null)[], most: number) => {
      const { items, isComplete } = await wholeOwners(owners.map(accountsOfOwner), most);
      return { found: items.flatMap((item: Item) => existing(store.read(item))), isComplete };
    },
    /** the accounts with which some people work */
    ofMembers: async (members: readonly RepId[]): Promise<readonly AccountId[]> => {
      const pages = await Promise.all(members.map((one) => queryAll(machinery.table, { partition: accountsOfMember(one) })));
      return [...new Set(pages.flat().map(({ sk }) => accountId.parse(sk)))];
    },
    /** opportunities that belong to some accounts, by id; at most `most` */
    opportunitiesAt: async (ids: readonly AccountId[], most: number): Promise<readonly OpportunityId[]> => {
      const pages = await Promise.all(ids.map((id) => machinery.table.query({ partition: opportunitiesOfAccount(id), limit: most })));
      return pages.flatMap(({ items }) => items.map(({ sk }) => opportunityId.parse(sk))).slice(0, most);
    },
    linkOpportunities: (links: readonly { readonly accountId: AccountId; readonly opportunityId: OpportunityId }[]) =>
      writeAll(
        machinery,
        links.map((link) => ({ put: accountOpportunityKey(link.accountId, link.opportunityId) })),
      ),
    /** deletes what was typed about a natural person; throws where some is left */
    eraseConfidential: async (id: AccountId): Promise<void> => {
      await deleteAll(machinery, { partition: `${prefixes.account}#${id}`, prefix: confidentialPrefix });
    },
  };
};
