import type { ContactId, LeadId, OpportunityId } from '@meilenstein/kernel';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { isPrivate, partsOf } from '../domain/account.ts';
import { eraseContact } from '../domain/contact.ts';
import { eraseAccountTexts } from '../domain/erase-account-texts.ts';
import { contactOfLead } from '../store/contact-store.ts';

type Stores = PipelineDeps['stores'];

const erase = async ({ contacts }: Stores, id: ContactId): Promise<void> => {
  await contacts.change(id, (contact) => eraseContact(contact, 'lead-erased'));
  await contacts.eraseConfidential(id);
};

/** Erases the contact that a lead has become. */
export const eraseContactOfLead = (stores: Stores, lead: LeadId): Promise<void> => erase(stores, contactOfLead(lead));

/** More contacts than a natural person has. */
const mostContacts = 1_000;

/** Where the customer is the person themselves, everything that was typed about the account and its contacts goes with them. */
export const erasePrivateAccount = async (stores: Stores, opportunity: OpportunityId): Promise<void> => {
  const { accounts, contacts, opportunities } = stores;
  const dimensions = (await opportunities.find(opportunity))?.opportunity.dimensions;
  const found = dimensions === undefined ? undefined : await accounts.find(dimensions.account.id);
  if (found === undefined || !isPrivate(found.account)) return;
  const { accountId } = found.account;
  await accounts.change(accountId, eraseAccountTexts);
  await accounts.eraseConfidential(accountId);
  const known = await contacts.allOf(partsOf(found.account), mostContacts);
  if (!known.isComplete) throw new Error(`account ${accountId}: more than ${mostContacts} contacts of a natural person`);
  for (const { contact } of known.found) await erase(stores, contact.contactId);
};
