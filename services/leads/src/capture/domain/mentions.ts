import type { PersonFields } from '@meilenstein/contracts';
import { normalisedEmail, normalisedPhone } from '../../identity/domain/person.ts';

/** Shorter digit sequences occur in many bodies that name nobody. */
const minDigits = 7;

/** Decodes the percent and plus signs of form bodies. Anything that is not such an escape stays as it is. */
const percentDecoded = (text: string): string =>
  text.replaceAll('+', ' ').replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });

/** Decodes JSON escapes such as `\u0040`. */
const unescaped = (text: string): string =>
  text.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** The last digits of a number, without prefixes: `+49 30 …`, `0049 30 …` and `030 …` are the same telephone. */
const lastDigits = (phone: string | undefined): string | undefined => {
  const digits = normalisedPhone(phone)?.replace(/^0+/, '');
  return digits === undefined || digits.length < minDigits ? undefined : digits.slice(-8);
};

/** Whether an unreadable body contains the e-mail address or phone number of a person, in any encoding. */
export const mentionsPerson = (body: string, persons: readonly PersonFields[]): boolean => {
  const texts = [body, percentDecoded(body), unescaped(body), unescaped(percentDecoded(body))].map((text) => text.toLowerCase());
  const numbers = texts.map((text) => text.replace(/[^\d\n]/g, ''));
  return persons.some(({ email, phone }) => {
    const [address, digits] = [normalisedEmail(email), lastDigits(phone)];
    return (
      (address !== undefined && texts.some((text) => text.includes(address))) ||
      (digits !== undefined && numbers.some((text) => text.includes(digits)))
    );
  });
};
