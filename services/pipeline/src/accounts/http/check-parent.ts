import { refusal, type AccountId, type Refusal } from '@meilenstein/kernel';
import type { Viewing } from '../../opportunities/http/visible-opportunities.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { partsOf } from '../domain/account.ts';
import { seenAccount } from './visible-accounts.ts';

/** A group of companies that is deeper than this is a typing error. */
const deepestGroup = 10;

/** Refuses a parent that the caller does not see, and one that belongs to the account itself. `id`: undefined for a new account. */
export const checkParent = async (
  deps: PipelineDeps,
  seen: Viewing,
  id: AccountId | undefined,
  parentId: AccountId,
): Promise<Refusal<'parent-not-found' | 'parent-circle'> | undefined> => {
  const named = { field: 'parentId', value: parentId };
  const parent = await seenAccount(deps, seen, parentId);
  if (parent === undefined) return refusal('parent-not-found', 'no account that you may see has this id', named);
  let above: typeof parent.account | undefined = parent.account;
  for (let depth = 0; above !== undefined; depth += 1) {
    if (depth === deepestGroup || (id !== undefined && partsOf(above).includes(id)))
      return refusal(
        'parent-circle',
        `an account cannot belong to itself, not even through others, and a group has at most ${deepestGroup} levels`,
        named,
      );
    const next: AccountId | null = above.facts.parentId;
    above = next === null ? undefined : (await deps.stores.accounts.findRemaining([next])).get(next)?.account;
  }
  return undefined;
};
