import type { PersonFields } from '@meilenstein/contracts';
import { countryOf } from './country.ts';
import { normalisedEmail } from './person.ts';
import { isPlaceholderNumber, phoneKeyOf } from './phone-number.ts';
import { isPlaceholderAddress } from './placeholders.ts';

export type PersonKeys = { readonly email: string | undefined; readonly phone: string | undefined };

/** People leave out the prefix of their own country; then the country of the form counts, or the one they typed. */
const phoneKey = (fields: PersonFields, country: string | null): string | undefined =>
  fields.phone === undefined || isPlaceholderNumber(fields.phone) ? undefined : phoneKeyOf(fields.phone, country ?? countryOf(fields));

/**
 * The keys that identify a person: the e-mail address and the phone number, each in one spelling. What was typed because a form wanted
 * something is shown, and identifies nobody.
 */
export const personKeys = (fields: PersonFields, country: string | null): PersonKeys => {
  const email = fields.email === undefined || isPlaceholderAddress(fields.email) ? undefined : normalisedEmail(fields.email);
  const phone = phoneKey(fields, country);
  return { email: email === undefined ? undefined : `email:${email}`, phone: phone === undefined ? undefined : `phone:${phone}` };
};

/** Whether the contacts of a person are only such as were typed because a form wanted something. */
export const hasOnlyPlaceholders = ({ email, phone }: PersonFields): boolean =>
  (email === undefined || isPlaceholderAddress(email)) && (phone === undefined || isPlaceholderNumber(phone));
