import type { PersonFields } from '@meilenstein/contracts';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { countryOf } from './country.ts';
import { normalisedEmail, normalisedPhone } from './person.ts';

export type PersonKeys = { readonly email: string | undefined; readonly phone: string | undefined };

/**
 * A phone number in E.164. People leave out the prefix of their own country; then the country of the form counts, or the one they
 * typed. A number of unknown country is identified by its digits, so that the same input is the same number.
 */
const phoneKey = (fields: PersonFields, country: string | null): string | undefined => {
  const text = fields.phone?.replace(/^\s*00(?=[1-9])/, '+');
  const home = country ?? countryOf(fields);
  const parsed =
    text === undefined ? undefined : parsePhoneNumberFromString(text, home !== null && isSupportedCountry(home) ? home : undefined);
  if (parsed?.isPossible() === true) return parsed.number;
  const digits = normalisedPhone(fields.phone);
  return digits === undefined ? undefined : `as-typed:${digits}`;
};

/** The keys that identify a person: the normalised e-mail address and phone number. */
export const personKeys = (fields: PersonFields, country: string | null): PersonKeys => {
  const email = normalisedEmail(fields.email);
  const phone = phoneKey(fields, country);
  return { email: email === undefined ? undefined : `email:${email}`, phone: phone === undefined ? undefined : `phone:${phone}` };
};
