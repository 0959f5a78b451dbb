import { contactEvents, factReader, type ContactFact } from '@meilenstein/contracts';
import { contactId, type AccountId, type ContactId, type LeadId } from '@meilenstein/kernel';
import {
  aggregateStore,
  confidentialPrefix,
  deleteAll,
  deriveId,
  partitionPages,
  wholePartitions,
  type Machinery,
  type PageRequest,
} from '@meilenstein/runtime';
import { evolveContact, noContact, type Contact, type ExistingContact } from '../domain/contact.ts';
import { byAddition, contactsOfAccount, contactShards, prefixes, shardOfContact } from '../../keys.ts';
import { storedContact } from './stored-account.ts';

export type FoundContact = { readonly contact: ExistingContact; readonly version: number };

/** The contact that a lead becomes: always the same one. */
export const contactOfLead = (lead: LeadId): ContactId => contactId.parse(deriveId('contact', 'lead', lead));

/** Stores contacts; finds them by id and by account. */
export const contactStore = (machinery: Machinery) => {
  const store = aggregateStore<Contact, ContactFact>(
    {
      prefix: prefixes.contact,
      owner: 'pipeline',
      schemaNumber: 1,
      schema: storedContact,
      initial: noContact,
      fact: factReader(contactEvents),
      evolve: evolveContact,
      index: (state) => {
        if (state.status === 'none') return {};
        const sort = byAddition(state.addedAt, state.contactId);
        const searched = state.status === 'known' ? { gsi2pk: shardOfContact(state.contactId), gsi2sk: sort } : {};
        return { gsi1pk: contactsOfAccount(state.accountId), gsi1sk: sort, ...searched };
      },
    },
    machinery,
  );
  const existing = (found: { readonly state: Contact; readonly version: number } | undefined): FoundContact[] =>
    found === undefined || found.state.status === 'none' ? [] : [{ contact: found.state, version: found.version }];
  const ofAccount = partitionPages(machinery.table, 'gsi1');
  const [wholeAccounts, wholeShards] = [wholePartitions(machinery.table, 'gsi1'), wholePartitions(machinery.table, 'gsi2')];

  return {
    audited: store.audited,
    change: store.change,
    changeMany: store.changeMany,
    refold: store.refold,
    find: async (id: ContactId): Promise<FoundContact | undefined> => existing(await store.find(id))[0],
    /** account by account, in the order in which they were added */
    ofAccounts: async (ids: readonly AccountId[], request: PageRequest) => {
      const page = await ofAccount(ids.map(contactsOfAccount), { ...request, ascending: true });
      return { items: page.items.flatMap((item) => existing(store.read(item))), next: page.next };
    },
    /** every contact of some accounts, in no order */
    allOf: async (ids: readonly AccountId[], most: number) => {
      const { items, isComplete } = await wholeAccounts(ids.map(contactsOfAccount), most);
      return { found: items.flatMap((item) => existing(store.read(item))), isComplete };
    },
    /** every contact that is not erased, in no order */
    all: async (most: number) => {
      const { items, isComplete } = await wholeShards(contactShards, most);
      return { found: items.flatMap((item) => existing(store.read(item))), isComplete };
    },
    /** deletes what identifies a person; throws where some is left */
    eraseConfidential: async (id: ContactId): Promise<void> => {
      await deleteAll(machinery, { partition: `${prefixes.contact}#${id}`, prefix: confidentialPrefix });
    },
  };
};
