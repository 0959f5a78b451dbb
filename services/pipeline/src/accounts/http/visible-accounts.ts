import type { AccountId, RepId } from '@meilenstein/kernel';
import { maySee } from '@meilenstein/runtime';
import { ownersOf, type CurrentCompany } from '../../opportunities/http/current-company.ts';
import { valued, type Valued, type Viewing } from '../../opportunities/http/visible-opportunities.ts';
import type { FoundOpportunity } from '../../opportunities/store/opportunity-store.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { partsOf, type ExistingAccount } from '../domain/account.ts';
import type { FoundAccount } from '../store/account-store.ts';

/** A list is read as a whole, as that of opportunities is. */
const mostListed = 10_000;

/** Opportunities of one account that are read; more than that is history of many years. */
const mostOfAccount = 1_000;

/** Whether the account is the caller's own: they own it, work with it, or lead somebody who does. */
const isResponsible = ({ scope }: CurrentCompany, { facts }: ExistingAccount): boolean =>
  maySee(scope, facts.owner) || facts.team.some((member) => maySee(scope, member.repId));

/** An account as the caller sees it. */
export type SeenAccount = FoundAccount & {
  /** those of its opportunities that the caller may see */
  readonly opportunities: readonly Valued[];
  /** whether the caller sees all that happened with the account, and not only at their own opportunities */
  readonly isResponsible: boolean;
};

/** An account by its id or by that of an account that it has taken over, with what of it the caller may see; whether they may, it does not ask. */
export const accountFor = async ({ stores }: PipelineDeps, seen: Viewing, id: AccountId): Promise<SeenAccount | undefined> => {
  const found = (await stores.accounts.findRemaining([id])).get(id);
  if (found === undefined) return undefined;
  const parts = partsOf(found.account);
  const ids = await stores.accounts.opportunitiesAt(parts, mostOfAccount);
  const ofAccount = (await stores.opportunities.findMany(ids)).filter(({ opportunity }) =>
    parts.includes(opportunity.dimensions.account.id),
  );
  const opportunities = valued(seen, ofAccount);
  return { ...found, opportunities, isResponsible: isResponsible(seen, found.account) };
};

/** The same; undefined if the caller may not see the account. */
export const seenAccount = async (deps: PipelineDeps, seen: Viewing, id: AccountId): Promise<SeenAccount | undefined> => {
  const found = await accountFor(deps, seen, id);
  return found !== undefined && (found.isResponsible || found.opportunities.length > 0) ? found : undefined;
};

/** An account in a list, with those of its opportunities that the caller may see: all of them, or only the open ones for who sees everyone. */
export type ListedAccount = FoundAccount & { readonly opportunities: readonly Valued[] };

const openOnly = ({ opportunity }: FoundOpportunity): boolean => opportunity.status === 'open';

/**
 * Every account that the caller may see: those of the owners in the scope, those with which somebody in the scope works, and those of the
 * opportunities that they may see. `isComplete` is false where that is too much to read.
 */
export const visibleAccounts = async (
  { stores }: PipelineDeps,
  seen: Viewing,
  most: number = mostListed,
): Promise<{ readonly accounts: readonly ListedAccount[]; readonly isComplete: boolean }> => {
  const seesEveryone = seen.scope.kind === 'everyone';
  const owners: readonly (RepId | null)[] =
    seen.scope.kind === 'everyone' ? [...seen.company.reps.map(({ repId }) => repId), null] : seen.scope.reps;
  const [owned, opportunities, members] = await Promise.all([
    stores.accounts.ofOwners(owners, most),
    stores.opportunities.allOf(ownersOf(seen), seesEveryone ? 'open' : undefined, most),
    seen.scope.kind === 'everyone' ? [] : stores.accounts.ofMembers(seen.scope.reps),
  ]);
  const visible = valued(seen, opportunities.found);
  const known = new Map(owned.found.map((one) => [one.account.accountId, one]));
  const holders = new Map(owned.found.flatMap((one) => partsOf(one.account).map((part) => [part, one.account.accountId] as const)));
  const missing = [...members, ...visible.map(({ opportunity }) => opportunity.dimensions.account.id)].filter((id) => !holders.has(id));
  for (const [id, found] of await stores.accounts.findRemaining([...new Set(missing)])) {
    known.set(found.account.accountId, found);
    holders.set(id, found.account.accountId);
  }
  const byAccount = Map.groupBy(visible, ({ opportunity }) => holders.get(opportunity.dimensions.account.id));
  return {
    accounts: [...known.values()].map((found) => ({
      ...found,
      opportunities: (byAccount.get(found.account.accountId) ?? []).filter(openOnly),
    })),
    isComplete: owned.isComplete && opportunities.isComplete,
  };
};
