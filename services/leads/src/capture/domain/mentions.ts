import type { PersonFields } from '@meilenstein/contracts';
import { normalisedEmail, normalisedPhone } from '../../identity/domain/person.ts';

/** Fewer digits than that stand in many bodies that name nobody. */
const minDigits = 7;

/** As forms write it: percent signs and plus signs; bytes that are no such escape stay as they are. */
const percentDecoded = (text: string): string =>
  text.replaceAll('+', ' ').replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });

/** As JSON writes it: `\u0040`. */
const unescaped = (text: string): string =>
  text.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** The digits of a number without what is dialled before it: people write `+49 30 …`, `0049 30 …` and `030 …` for one telephone. */
const lastDigits = (phone: string | undefined): string | undefined => {
  const digits = normalisedPhone(phone)?.replace(/^0+/, '');
  return digits === undefined || digits.length < minDigits ? undefined : digits.slice(-8);
};

/** Whether a body that nobody could read as a form names a person all the same, in whichever way it was written down. */
export const mentionsPerson = (body: string, known: readonly PersonFields[]): boolean => {
  const texts = [body, percentDecoded(body), unescaped(body), unescaped(percentDecoded(body))].map((text) => text.toLowerCase());
  const numbers = texts.map((text) => text.replace(/[^\d\n]/g, ''));
  return known.some(({ email, phone }) => {
    const [address, digits] = [normalisedEmail(email), lastDigits(phone)];
    return (
      (address !== undefined && texts.some((text) => text.includes(address))) ||
      (digits !== undefined && numbers.some((text) => text.includes(digits)))
    );
  });
};
