import type { PersonFields } from '@meilenstein/contracts';
import { contactsIn, contactsOf } from './contacts.ts';

const named = (kind: 'address' | 'number', contacts: ReadonlySet<string>): readonly string[] =>
  [...contacts].map((contact) => `${kind}:${contact}`);

/**
 * The contacts by which the person of a body can be found, whatever text its bytes may be: its e-mail addresses, and only where it has none, its phone numbers. A number
 * beside another address is somebody else's, because colleagues share numbers, and what is deleted cannot be restored.
 */
export const mentionedIn = (...texts: readonly string[]): readonly string[] => {
  const found = texts.map(contactsIn);
  const addresses = new Set(found.flatMap((one) => [...one.addresses]));
  return addresses.size > 0 ? named('address', addresses) : named('number', new Set(found.flatMap((one) => [...one.numbers])));
};

/** The contacts by which a person is searched. */
export const searchedFor = (persons: readonly PersonFields[]): readonly string[] => {
  const { addresses, numbers } = contactsOf(persons);
  return [...named('address', addresses), ...named('number', numbers)];
};

/** Whether a body is a person's: it contains their e-mail address, in any encoding, or their phone number and nobody's address. */
export const mentionsPerson = (body: string, persons: readonly PersonFields[]): boolean => {
  const searched = new Set(searchedFor(persons));
  return mentionedIn(body).some((contact) => searched.has(contact));
};
