import type { AccountFieldValue, HandlersOf, pipelineApi } from '@meilenstein/contracts';
import { refused, type AccountId, type Refusal, type RepId } from '@meilenstein/kernel';
import { answerChange, companyAccountId, expectedVersion, maySee, repOf, sortedPage } from '@meilenstein/runtime';
import { opportunityItems, orderBy, viewing, type Viewing } from '../../opportunities/http/visible-opportunities.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { amendAccount, openByHand, type Amendment } from '../domain/amend-account.ts';
import { checkFieldValues, type CheckedFields } from '../domain/account-fields.ts';
import {
  absorbAccount,
  becomeAbsorbed,
  restoreAccount,
  undoAccountMerge,
  type MergeRefusal,
  type UndoRefusal,
} from '../domain/merge-accounts.ts';
import { checkParent } from './check-parent.ts';
import { accountView } from './account-view.ts';
import { accountFor, seenAccount, type SeenAccount } from './visible-accounts.ts';

type Api = HandlersOf<typeof pipelineApi>;
type Routes = Pick<
  Api,
  | 'POST /accounts'
  | 'GET /accounts/{accountId}'
  | 'POST /accounts/{accountId}/amend'
  | 'POST /accounts/{accountId}/merge'
  | 'POST /accounts/{accountId}/unmerge'
  | 'GET /accounts/{accountId}/opportunities'
>;
type Typed = Omit<Parameters<Api['POST /accounts/{accountId}/amend']>[0]['body'], 'name'>;
type FactRefusal = Refusal<
  'rep-not-found' | 'parent-not-found' | 'parent-circle' | 'account-field-not-found' | 'account-field-value-not-accepted'
>;

// One answer for an unknown account and for one that the caller may not see.
export const accountNotFound = refused('account-not-found', 'accountId: no account that you may see has this id');

export const accountRoutes = (deps: PipelineDeps): Routes => {
  const { accounts, accountFields } = deps.stores;

  const view = async (seen: Viewing, found: SeenAccount) => {
    const { parentId } = found.account.facts;
    const [fields, parents] = await Promise.all([accountFields.read(), parentId === null ? undefined : accounts.findRemaining([parentId])]);
    const parent = parentId === null ? undefined : parents?.get(parentId);
    return { body: accountView(seen, found, fields, parent), version: found.version };
  };

  /** The account after a change, also where the caller has just given it to somebody whose accounts they do not see. */
  const afterChange = async (seen: Viewing, id: AccountId) => {
    const found = await accountFor(deps, seen, id);
    return found === undefined ? accountNotFound : { status: 200 as const, ...(await view(seen, found)) };
  };

  const checkReps = ({ company, scope }: Viewing, named: readonly RepId[]): FactRefusal | undefined => {
    const unknown = named.find((rep) => !company.reps.some(({ repId }) => repId === rep));
    const hidden = unknown ?? (scope.kind === 'everyone' ? undefined : named.find((rep) => !maySee(scope, rep)));
    return hidden === undefined
      ? undefined
      : refused('rep-not-found', 'there is no such rep whom you may put in charge of an account', { field: 'owner', value: hidden })
          .refused;
  };

  /** What was typed, once it is checked against what else is known: reps, the parent and the company's own fields. */
  const checked = async (
    seen: Viewing,
    id: AccountId | undefined,
    { fields = {}, ...facts }: Typed,
  ): Promise<(Omit<Amendment, 'name'> & { readonly fields: CheckedFields }) | { readonly refused: FactRefusal }> => {
    const wrongRep =
      checkReps(seen, facts.owner === undefined || facts.owner === null ? [] : [facts.owner]) ??
      (facts.team ?? [])
        .map(({ repId }) => repId)
        .filter((rep) => !seen.company.reps.some((known) => known.repId === rep))
        .map((rep) => refused('rep-not-found', 'the organisation knows no such rep', { field: 'team', value: rep }).refused)[0];
    if (wrongRep !== undefined) return { refused: wrongRep };
    const { parentId = null } = facts;
    const wrongParent = parentId === null ? undefined : await checkParent(deps, seen, id, parentId);
    if (wrongParent !== undefined) return { refused: wrongParent };
    const values: Readonly<Record<string, AccountFieldValue>> = fields;
    const checkedFields = checkFieldValues((await accountFields.read()).fields, values);
    return 'refused' in checkedFields ? checkedFields : { ...facts, fields: checkedFields };
  };

  /** Two accounts that the caller may see, as they are themselves. */
  const pairOf = async (seen: Viewing, ids: readonly [AccountId, AccountId]) => {
    const visible = await Promise.all(ids.map((id) => seenAccount(deps, seen, id)));
    const [first, second] = await Promise.all(ids.map((id) => accounts.find(id)));
    return visible.includes(undefined) || first === undefined || second === undefined ? undefined : { first, second };
  };

  return {
    'POST /accounts': async ({ body: { name, ...typed }, caller }) => {
      const seen = await viewing(deps, caller);
      const facts = await checked(seen, undefined, typed);
      if ('refused' in facts) return facts;
      const id = companyAccountId(name);
      const nameHolder = await accounts.holderOfName(name);
      // Who opens an account and names no owner owns it, so that it is not lost to them.
      const { owner = repOf(seen.company, caller) ?? null } = facts;
      const result = await accounts.change(id, (account) => openByHand(account, id, { ...facts, owner, name }, { nameHolder }));
      if ('refused' in result) return { refused: result.refused };
      if (!('changed' in result)) return refused('account-exists', 'another account has this name', { field: 'name', value: name });
      const opened = await afterChange(seen, id);
      if ('refused' in opened) throw new Error(`account ${id}: not there after it was opened`);
      return { ...opened, status: 201, location: `/accounts/${id}` };
    },
    'GET /accounts/{accountId}': async ({ path, caller }) => {
      const seen = await viewing(deps, caller);
      const found = await seenAccount(deps, seen, path.accountId);
      return found === undefined ? accountNotFound : { status: 200, ...(await view(seen, found)) };
    },
    'POST /accounts/{accountId}/amend': async ({ path: { accountId }, body: { name, ...typed }, caller, ifMatch }) => {
      const seen = await viewing(deps, caller);
      const found = await seenAccount(deps, seen, accountId);
      if (found === undefined) return accountNotFound;
      const facts = await checked(seen, accountId, typed);
      if ('refused' in facts) return facts;
      const nameHolder = name === undefined ? undefined : await accounts.holderOfName(name);
      const named = name === undefined ? facts : { ...facts, name };
      const result = await accounts.change(accountId, (account) => amendAccount(account, named, { nameHolder }), expectedVersion(ifMatch));
      return answerChange(result, () => afterChange(seen, accountId));
    },
    'POST /accounts/{accountId}/merge': async ({ path: { accountId }, body: { other }, caller, ifMatch }) => {
      const seen = await viewing(deps, caller);
      const pair = await pairOf(seen, [accountId, other]);
      if (pair === undefined) return accountNotFound;
      const { account: remaining } = pair.first;
      const { account: absorbed, version } = pair.second;
      const result = await accounts.changeTogether<MergeRefusal>([
        { id: accountId, ...expectedVersion(ifMatch), decide: (state) => absorbAccount(state, absorbed) },
        // Merging an account with itself is refused by the first decision; a transaction cannot contain the same key twice.
        ...(other === accountId
          ? []
          : [
              {
                id: other,
                expectedVersion: version,
                decide: (state: Parameters<typeof becomeAbsorbed>[0]) => becomeAbsorbed(state, remaining),
              },
            ]),
      ]);
      return answerChange(result, () => afterChange(seen, accountId));
    },
    'POST /accounts/{accountId}/unmerge': async ({ path: { accountId }, body: { absorbed }, caller, ifMatch }) => {
      const seen = await viewing(deps, caller);
      if ((await seenAccount(deps, seen, accountId)) === undefined) return accountNotFound;
      const result = await accounts.changeTogether<UndoRefusal>([
        { id: accountId, ...expectedVersion(ifMatch), decide: (state) => undoAccountMerge(state, absorbed) },
        ...(absorbed === accountId
          ? []
          : [{ id: absorbed, decide: (state: Parameters<typeof restoreAccount>[0]) => restoreAccount(state, accountId) }]),
      ]);
      return answerChange(result, () => afterChange(seen, accountId));
    },
    'GET /accounts/{accountId}/opportunities': async ({ path, query, caller }) => {
      const found = await seenAccount(deps, await viewing(deps, caller), path.accountId);
      if (found === undefined) return accountNotFound;
      const page = sortedPage(found.opportunities, orderBy('newest'), query);
      return { status: 200, body: { items: await opportunityItems(deps, page.items), next: page.next } };
    },
  };
};
