import { leadContactDecided, leadContactShared, type LeadFact } from '@meilenstein/contracts';
import { decided, refused, type Claim, type Decision, type Refusal } from '@meilenstein/kernel';
import type { CapturedLead, Lead } from '../../lead/domain/lead.ts';
import { namesOf, type SharedContact } from './names-of-person.ts';

/** From how many different names on a contact identifies nobody by itself, if the company says nothing else. */
export const defaultNamesPerContact = 5;

/**
 * What a contact says of a person with this name: `known`: it is the person of the record. `apart`: it names somebody only together with
 * the name. `too-many`: with this name it would have more names than the company allows.
 */
export type ContactReading = 'known' | 'apart' | 'too-many';

const sharedBy = (record: CapturedLead, claim: Claim): SharedContact | undefined =>
  Object.values(record.sharedContacts).find(({ key }) => key === claim.value);

/** Reads a contact under a name in its one spelling. Without a name, nothing speaks against the person of the record. */
export const readContact = (record: CapturedLead, claim: Claim, name: string, namesPerContact: number): ContactReading => {
  const names = namesOf(record);
  if (name === '' || names.includes(name)) return 'known';
  const shared = sharedBy(record, claim);
  if (shared !== undefined) return shared.decision === 'one-person' ? 'known' : 'apart';
  return names.length < namesPerContact ? 'known' : 'too-many';
};

/** The contact of a record stops identifying its person by itself; nothing happens where it did already. */
export const shareContact = (before: Lead, contact: 'email' | 'phone', key: Claim): Decision<LeadFact, never> => {
  if (before.status === 'none' || before.status === 'erased' || sharedBy(before, key) !== undefined) return { events: [] };
  const number = Object.values(before.sharedContacts).filter((one) => one.contact === contact).length + 1;
  const data = { leadId: before.leadId, contactId: `${contact}-${number}`, contact, names: namesOf(before).length + 1 };
  return decided<LeadFact>(leadContactShared.of(data, { confidential: { key } }));
};

export type DecideContactRefusal = Refusal<'lead-not-found' | 'contact-not-found'>;

/** Somebody decides whether a contact belongs to one person. What was decided before may be decided again. */
export const decideContact = (
  before: Lead,
  contactId: string,
  decision: 'one-person' | 'shared',
): Decision<LeadFact, DecideContactRefusal> => {
  if (before.status === 'none' || before.status === 'erased')
    return refused('lead-not-found', 'leadId: no lead that you may see has this id');
  const shared = before.sharedContacts[contactId];
  if (shared === undefined)
    return refused('contact-not-found', 'contactId: GET /shared-contacts lists the contacts that many names use', {
      field: 'contactId',
      value: contactId,
    });
  if (shared.decision === decision) return { events: [] };
  return decided<LeadFact>(leadContactDecided.of({ leadId: before.leadId, contactId, decision }));
};
