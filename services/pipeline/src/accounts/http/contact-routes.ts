import type { HandlersOf, pipelineApi } from '@meilenstein/contracts';
import { contactId, refused, type AccountId, type ContactId } from '@meilenstein/kernel';
import { answerChange, expectedVersion } from '@meilenstein/runtime';
import { viewing } from '../../opportunities/http/visible-opportunities.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { partsOf } from '../domain/account.ts';
import { addContact, amendContact, eraseContact, type Contact } from '../domain/contact.ts';
import { accountNotFound } from './account-routes.ts';
import { contactView } from './account-view.ts';
import { seenAccount } from './visible-accounts.ts';

type Routes = Pick<
  HandlersOf<typeof pipelineApi>,
  | 'GET /accounts/{accountId}/contacts'
  | 'POST /accounts/{accountId}/contacts'
  | 'POST /contacts/{contactId}/amend'
  | 'DELETE /contacts/{contactId}'
>;
type Caller = Parameters<Routes['DELETE /contacts/{contactId}']>[0]['caller'];

const contactNotFound = refused('account-contact-not-found', 'contactId: no contact that you may see has this id');

/** Contacts of accounts: who sees the account sees them. */
export const contactRoutes = (deps: PipelineDeps): Routes => {
  const { contacts } = deps.stores;

  const accountOf = async (caller: Caller, id: AccountId) => seenAccount(deps, await viewing(deps, caller), id);

  const seenContact = async (caller: Caller, id: ContactId) => {
    const found = await contacts.find(id);
    return found === undefined || (await accountOf(caller, found.contact.accountId)) === undefined ? undefined : found;
  };

  const answer = <const Status extends 200 | 201>(
    status: Status,
    { state, version }: { readonly state: Contact; readonly version: number },
  ) => (state.status === 'none' ? contactNotFound : { status, body: contactView({ contact: state, version }), etag: String(version) });

  return {
    'GET /accounts/{accountId}/contacts': async ({ path, query, caller }) => {
      const found = await accountOf(caller, path.accountId);
      if (found === undefined) return accountNotFound;
      const page = await contacts.ofAccounts(partsOf(found.account), query);
      return { status: 200, body: { items: page.items.map(contactView), next: page.next } };
    },
    'POST /accounts/{accountId}/contacts': async ({ path, body: { role = 'unknown', consent = 'unknown', ...person }, caller, newId }) => {
      const found = await accountOf(caller, path.accountId);
      if (found === undefined) return accountNotFound;
      const id = contactId.parse(newId());
      const added = { contactId: id, accountId: found.account.accountId, leadId: null, role, consent, person, addedAt: deps.clock.now() };
      const result = await contacts.change(id, (contact) => addContact(contact, added));
      if (!('changed' in result)) throw new Error(`contact ${id}: a new contact claims nothing and expects no version`);
      const answered = answer(201, result.changed);
      if ('refused' in answered) throw new Error(`contact ${id}: not there after it was added`);
      return answered;
    },
    'POST /contacts/{contactId}/amend': async ({ path, body, caller, ifMatch }) => {
      if ((await seenContact(caller, path.contactId)) === undefined) return contactNotFound;
      const result = await contacts.change(path.contactId, (contact) => amendContact(contact, body), expectedVersion(ifMatch));
      return answerChange(result, (changed) => answer(200, changed));
    },
    'DELETE /contacts/{contactId}': async ({ path, caller }) => {
      if ((await seenContact(caller, path.contactId)) === undefined) return contactNotFound;
      await contacts.change(path.contactId, (contact) => eraseContact(contact, 'request'));
      await contacts.eraseConfidential(path.contactId);
      const after = await contacts.find(path.contactId);
      return after === undefined ? contactNotFound : { status: 200, body: contactView(after) };
    },
  };
};
