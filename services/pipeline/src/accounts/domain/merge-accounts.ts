import { accountAbsorbed, accountMerged, accountMergeUndone, accountRestored, itemLimits, type AccountFact } from '@meilenstein/contracts';
import { decided, refusal, refused, type AccountId, type Decision, type Refusal } from '@meilenstein/kernel';
import { isPrivate, partsOf, type Account, type ExistingAccount } from './account.ts';

export type MergeRefusal = Refusal<
  'account-not-found' | 'same-account' | 'account-merged' | 'account-private' | 'too-many-accounts-merged'
>;

type Pair = { readonly remaining: ExistingAccount; readonly absorbed: ExistingAccount };

const checkMergeable = (account: ExistingAccount): MergeRefusal | undefined => {
  const named = { field: 'other', value: account.accountId };
  if (isPrivate(account))
    return refusal('account-private', 'a natural person is merged with the lead, not with a company; merge the leads instead', named);
  return account.status === 'merged'
    ? refusal('account-merged', `it was merged into ${account.mergedInto ?? 'another account'}; undo that merge first`, named)
    : undefined;
};

/** The two accounts, if they may be merged. */
const mergePair = (remaining: Account, absorbed: Account): Pair | { readonly refused: MergeRefusal } => {
  if (remaining.status === 'none' || absorbed.status === 'none')
    return refused('account-not-found', 'accountId: no account that you may see has this id');
  if (remaining.accountId === absorbed.accountId)
    return refused('same-account', 'an account cannot be merged with itself', { field: 'other', value: absorbed.accountId });
  const refusedBy = checkMergeable(remaining) ?? checkMergeable(absorbed);
  if (refusedBy !== undefined) return { refused: refusedBy };
  return partsOf(remaining).length + partsOf(absorbed).length > itemLimits.absorbedAccounts
    ? refused('too-many-accounts-merged', `an account takes over at most ${itemLimits.absorbedAccounts - 1} others`)
    : { remaining, absorbed };
};

/** The account that remains takes over the other one; its own facts stay. */
export const absorbAccount = (before: Account, other: Account): Decision<AccountFact, MergeRefusal> => {
  const pair = mergePair(before, other);
  if ('refused' in pair) return pair;
  const { remaining, absorbed } = pair;
  return decided(
    accountMerged.of({
      accountId: remaining.accountId,
      absorbed: absorbed.accountId,
      name: absorbed.facts.name,
      parts: partsOf(absorbed).slice(1),
    }),
  );
};

export const becomeAbsorbed = (before: Account, remaining: Account): Decision<AccountFact, MergeRefusal> => {
  const pair = mergePair(remaining, before);
  return 'refused' in pair ? pair : decided(accountAbsorbed.of({ accountId: pair.absorbed.accountId, into: pair.remaining.accountId }));
};

export type UndoRefusal = Refusal<'account-not-found' | 'account-not-merged'>;

const notMerged = (absorbed: AccountId): { readonly refused: UndoRefusal } =>
  refused('account-not-merged', 'it was not merged into this account', { field: 'absorbed', value: absorbed });

/** The account gives back what came from the other one. */
export const undoAccountMerge = (before: Account, absorbed: AccountId): Decision<AccountFact, UndoRefusal> => {
  if (before.status === 'none') return refused('account-not-found', 'accountId: no account that you may see has this id');
  if (!before.absorbed.some(({ accountId }) => accountId === absorbed)) return notMerged(absorbed);
  return decided(accountMergeUndone.of({ accountId: before.accountId, absorbed }));
};

/** The account counts by itself again. */
export const restoreAccount = (before: Account, from: AccountId): Decision<AccountFact, UndoRefusal> => {
  if (before.status === 'none') return refused('account-not-found', 'accountId: no account that you may see has this id');
  if (before.mergedInto !== from) return notMerged(before.accountId);
  return decided(accountRestored.of({ accountId: before.accountId, from }));
};
