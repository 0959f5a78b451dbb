import { accountTextsErased, type AccountFact } from '@meilenstein/contracts';
import { decided, type Decision } from '@meilenstein/kernel';
import type { Account } from './account.ts';

/** Erases what was typed about an account once the natural person who is the customer is erased. */
export const eraseAccountTexts = (account: Account): Decision<AccountFact, never> =>
  account.status === 'none' || Object.keys(account.texts).length === 0
    ? decided()
    : decided(accountTextsErased.of({ accountId: account.accountId }));
