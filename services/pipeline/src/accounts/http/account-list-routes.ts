import type { HandlersOf, pipelineApi } from '@meilenstein/contracts';
import { epochMillis, refused } from '@meilenstein/kernel';
import { sortedPage } from '@meilenstein/runtime';
import { totalOf, viewing, type Viewing } from '../../opportunities/http/visible-opportunities.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { partsOf } from '../domain/account.ts';
import { accountFinder, byMatch, contactFinder } from '../domain/find-accounts.ts';
import { accountItem, contactView } from './account-view.ts';
import { visibleAccounts, type ListedAccount } from './visible-accounts.ts';

type Api = HandlersOf<typeof pipelineApi>;
type Routes = Pick<Api, 'GET /accounts' | 'POST /search/accounts'>;
type Query = Parameters<Api['GET /accounts']>[0]['query'];

const mostSearched = 20_000;
const mostFound = 20;

/** With more accounts, their contacts are found in the list of all contacts. */
const fewAccounts = 300;

const matches = ({ account: { facts } }: ListedAccount, { owner, channel, industry, country, territory }: Query): boolean =>
  (owner === undefined || facts.owner === owner) &&
  (channel === undefined || facts.channel === channel) &&
  (industry === undefined || facts.industry === industry) &&
  (country === undefined || facts.country === country) &&
  (territory === undefined || facts.territory === territory);

const orderBy = (seen: Viewing, sort: NonNullable<Query['sort']>) => ({
  placeOf: (one: ListedAccount) => {
    const { accountId: id, openedAt, facts } = one.account;
    switch (sort) {
      case 'name':
        return { value: facts.name?.toLowerCase() ?? null, id };
      case 'newest':
        return { value: epochMillis(openedAt), id };
      case 'open':
        return { value: Number(totalOf(seen, one.opportunities).sum?.amount ?? 0), id };
    }
  },
  descending: sort !== 'name',
});

/** Lists of accounts, and search. */
export const accountListRoutes = (deps: PipelineDeps): Routes => ({
  'GET /accounts': async ({ query, caller }) => {
    const seen = await viewing(deps, caller);
    const { owner, limit, cursor, sort = 'name' } = query;
    if (owner !== undefined && !seen.company.reps.some(({ repId }) => repId === owner))
      return refused('rep-not-found', 'the organisation knows no such rep', { field: 'owner', value: owner });
    const { accounts, isComplete } = await visibleAccounts(deps, seen);
    if (!isComplete) return refused('list-too-long', 'more accounts match than can be listed at once; search for the name instead');
    const filtered = accounts.filter((one) => matches(one, query));
    const page = sortedPage(filtered, orderBy(seen, sort), { limit, cursor });
    return {
      status: 200,
      body: { items: page.items.map((one) => accountItem(seen, one)), next: page.next, total: filtered.length },
    };
  },
  'POST /search/accounts': async ({ body, caller }) => {
    const seen = await viewing(deps, caller);
    const { accounts, isComplete } = await visibleAccounts(deps, seen, mostSearched);
    const [findsAccount, findsContact] = [accountFinder(body.text), contactFinder(body.text)];
    const holders = new Map(accounts.flatMap((one) => partsOf(one.account).map((part) => [part, one.account] as const)));
    const { contacts } = deps.stores;
    const known =
      accounts.length <= fewAccounts ? await contacts.allOf([...holders.keys()], mostSearched) : await contacts.all(mostSearched);
    const visible = known.found.flatMap((found) => {
      const account = holders.get(found.contact.accountId);
      return account === undefined || found.contact.status === 'erased' ? [] : [{ found, account }];
    });
    const hits = byMatch(accounts, ({ account }) => findsAccount(account), mostFound);
    const people = byMatch(visible, ({ found }) => findsContact(found.contact), mostFound);
    return {
      status: 200,
      body: {
        accounts: hits.map((one) => accountItem(seen, one)),
        contacts: people.map(({ found, account }) => ({
          ...contactView(found),
          account: { accountId: account.accountId, name: account.facts.name },
        })),
        isComplete: isComplete && known.isComplete && hits.length < mostFound && people.length < mostFound,
      },
    };
  },
});
