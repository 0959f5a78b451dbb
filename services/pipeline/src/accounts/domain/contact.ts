import { contactAdded, contactAmended, contactErased, type ContactFact, type ContactPerson, type Happened } from '@meilenstein/contracts';
import {
  decided,
  refused,
  type AccountId,
  type ContactId,
  type Decision,
  type Instant,
  type LeadId,
  type Refusal,
} from '@meilenstein/kernel';

type Added = Extract<ContactFact, { name: 'ContactAdded' }>['data'];
type Changed = Extract<ContactFact, { name: 'ContactAmended' }>['data']['changed'][number];
type ContactRole = Added['role'];
type Consent = Added['consent'];

export type ExistingContact = {
  readonly status: 'known' | 'erased';
  readonly contactId: ContactId;
  readonly accountId: AccountId;
  readonly leadId: LeadId | null;
  readonly role: ContactRole;
  readonly consent: Consent;
  /** confidential; empty once the person was erased */
  readonly person: ContactPerson;
  readonly addedAt: Instant;
};
export type Contact = { readonly status: 'none' } | ExistingContact;

export const noContact: Contact = { status: 'none' };

export const evolveContact = (before: Contact, fact: Happened<ContactFact>): Contact => {
  if (fact.name === 'ContactAdded') {
    const { contactId, accountId, leadId, role, consent } = fact.data;
    const person = fact.confidential?.person ?? {};
    return { status: 'known', contactId, accountId, leadId, role, consent, person, addedAt: fact.occurredAt };
  }
  if (before.status === 'none') return before;
  switch (fact.name) {
    case 'ContactAmended':
      return { ...before, role: fact.data.role, consent: fact.data.consent, person: fact.confidential?.person ?? before.person };
    case 'ContactErased':
      return { ...before, status: 'erased', person: {}, consent: 'unknown' };
  }
};

export type AddContact = {
  readonly contactId: ContactId;
  readonly accountId: AccountId;
  readonly leadId: LeadId | null;
  readonly role: ContactRole;
  readonly consent: Consent;
  readonly person: ContactPerson;
  readonly addedAt: Instant;
};

/** Adds a contact; adding an existing one again changes nothing. */
export const addContact = (contact: Contact, { person, addedAt, ...added }: AddContact): Decision<ContactFact, never> => {
  if (contact.status !== 'none') return decided();
  const isNamed = Object.values(person).some((value) => value !== undefined);
  return decided(contactAdded.of(added, { occurredAt: addedAt, ...(isNamed ? { confidential: { person } } : {}) }));
};

const fields = ['name', 'position', 'email', 'phone'] as const;

/** What is absent stays unchanged, and null takes away what is known. */
export type ContactAmendment = { readonly [Field in (typeof fields)[number]]?: string | null | undefined } & {
  readonly role?: ContactRole | undefined;
  readonly consent?: Consent | undefined;
};

/** Changes what is known of a contact. The event names what changed; all that identifies the person is confidential. */
export const amendContact = (
  contact: Contact,
  amendment: ContactAmendment,
): Decision<ContactFact, Refusal<'account-contact-not-found' | 'contact-erased'>> => {
  if (contact.status === 'none') return refused('account-contact-not-found', 'there is no such contact');
  if (contact.status === 'erased') return refused('contact-erased', 'the person was erased; add a new contact for somebody else');
  const { contactId, accountId, leadId, role, consent, person } = contact;
  const changedFields = fields.filter((field) => amendment[field] !== undefined && (amendment[field] ?? undefined) !== person[field]);
  const after = { role: amendment.role ?? role, consent: amendment.consent ?? consent };
  const changed: Changed[] = [
    ...changedFields,
    ...(after.role === role ? [] : (['role'] as const)),
    ...(after.consent === consent ? [] : (['consent'] as const)),
  ];
  if (changed.length === 0) return decided();
  const named = Object.fromEntries(
    fields.flatMap((field) => {
      const value = changedFields.includes(field) ? amendment[field] : person[field];
      return value === undefined || value === null ? [] : [[field, value] as const];
    }),
  );
  const data = { contactId, accountId, leadId, ...after, changed };
  return decided(contactAmended.of(data, changedFields.length === 0 ? {} : { confidential: { person: named } }));
};

/** Erases a person; once is enough. */
export const eraseContact = (contact: Contact, reason: 'request' | 'lead-erased'): Decision<ContactFact, never> =>
  contact.status === 'known'
    ? decided(contactErased.of({ contactId: contact.contactId, accountId: contact.accountId, reason }))
    : decided();
