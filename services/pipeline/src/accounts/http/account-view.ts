import type { AccountItem, AccountView, ContactView } from '@meilenstein/contracts';
import { totalOf, type Viewing } from '../../opportunities/http/visible-opportunities.ts';
import { formerNamesOf } from '../domain/account.ts';
import { shownValues, type AccountFields } from '../domain/account-fields.ts';
import type { FoundAccount } from '../store/account-store.ts';
import type { FoundContact } from '../store/contact-store.ts';
import type { ListedAccount, SeenAccount } from './visible-accounts.ts';

/** The API's view of an account. */
export const accountView = (
  seen: Viewing,
  { account, opportunities }: SeenAccount,
  { fields }: AccountFields,
  parent: FoundAccount | undefined,
): AccountView => {
  const { parentId: _, fields: published, ...facts } = account.facts;
  const withStatus = (status: 'open' | 'won') =>
    totalOf(
      seen,
      opportunities.filter(({ opportunity }) => opportunity.status === status),
    );
  return {
    ...facts,
    accountId: account.accountId,
    leadId: account.leadId,
    formerNames: [...formerNamesOf(account)],
    parent: parent === undefined ? null : { accountId: parent.account.accountId, name: parent.account.facts.name },
    absorbed: account.absorbed.map(({ accountId, name }) => ({ accountId, name })),
    openedAt: account.openedAt,
    fields: shownValues(fields, published, account.texts),
    open: withStatus('open'),
    won: withStatus('won'),
  };
};

/** An account as lists show it. */
export const accountItem = (seen: Viewing, { account, version, opportunities }: ListedAccount): AccountItem => {
  const { name, industry, employees, country, territory, owner, channel } = account.facts;
  const { accountId, leadId, openedAt } = account;
  return {
    accountId,
    name,
    leadId,
    industry,
    employees,
    country,
    territory,
    owner,
    channel,
    openedAt,
    open: totalOf(seen, opportunities),
    version,
  };
};

/** The API's view of a contact. */
export const contactView = ({ contact, version }: FoundContact): ContactView => {
  const { contactId, accountId, leadId, role, consent, person, status, addedAt } = contact;
  return { ...person, contactId, accountId, leadId, role, consent, isErased: status === 'erased', addedAt, version };
};
