import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/min';
import { withoutInvisible } from './visible-text.ts';

/** Fewer digits are no number that can be called from elsewhere. */
const minDigits = 6;
/** A number that has another one before it, not just its own prefix. */
const minOwnDigits = 7;
/** No number of the world has more. */
const maxDigits = 15;
/** With so many digits, a number is complete even if the zero before its area is missing, as spreadsheets leave it out. */
const minNationalDigits = 10;

const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50];

/** Digits of other scripts and wide signs as ASCII, dashes as `-`. */
const plain = (text: string): string =>
  withoutInvisible(text.normalize('NFKC'))
    .replace(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      const zero = zeros.find((one) => code >= one && code < one + 10);
      return zero === undefined ? digit : String(code - zero);
    })
    .replace(/[\u2010-\u2015\u2212]/gu, '-');

const digitsOf = (text: string): string => text.replace(/[^0-9]/g, '');

const hours =
  /\d{1,2}(?:[:.]\d{2})?\s*(?:uhr|h|[ap]m)?\s*(?:-|bis|to|until|à)\s*\d{1,2}(?:[:.]\d{2})?\s*(?:uhr|h\b|[ap]m\b)|\b\d{1,2}:\d{2}\b|\b24\s*(?:h\b|\/\s*7)/iu;
const extension =
  /^[\s,;(]*(?:ext(?:ension|n)?|x|durchwahl|dw|nebenstelle|nst|app(?:arat)?|poste|interno|int|anexo|toestel|tst|wew|#)[\s.:=#]*(\d{1,7})(?!\d)|^\s*,{1,3}\s*([1-9]\d{0,5})\s*$/iu;

type TypedNumber = { readonly number: string; readonly extension: string | undefined };

const cutAt = (text: string, separator: RegExp): string | undefined => {
  const parts = [...text.matchAll(separator)].map(({ index }) => [text.slice(0, index), text.slice(index)] as const);
  return parts.find(([first, second]) => digitsOf(first).length >= minOwnDigits && digitsOf(second).length >= minOwnDigits)?.[0];
};

/** Without a second number, which begins with a plus or a zero and is as long as a number. */
const withoutSecond = (text: string): string => {
  // Behind a space begins a second number only where both together are too long for one.
  const ways = [/\s*(?=\+)/g, /\s*[/|]\s*(?=\(?0)/g, /[\s-]+(?=\(?0)/g];
  const [way = 0, cut] =
    ways.map((separator, index) => [index, cutAt(text, separator)] as const).find(([, first]) => first !== undefined) ?? [];
  const isTooLong = digitsOf(text).length > maxDigits;
  return cut === undefined || (way === 2 && !isTooLong) ? text : cut;
};

/** The number with which a text begins, and its extension; whatever else is behind it does not count. */
const typedNumber = (typed: string): TypedNumber => {
  const text = plain(typed);
  const from = text.search(/\+\s*\(?\s*\d|\(?\d/u);
  const begins = from < 0 ? '' : text.slice(from);
  const until = begins.search(hours);
  // Hours begin behind a number; a number itself may look like them.
  const rest = until >= minDigits && digitsOf(begins.slice(0, until)).length >= minDigits ? begins.slice(0, until) : begins;
  const run = /^\+?[\d\s()/.-]*\d/u.exec(rest)?.[0] ?? '';
  const comment = [...run.matchAll(/\s\(/g)].find(({ index }) => digitsOf(run.slice(0, index)).length >= minOwnDigits)?.index;
  const number = withoutSecond(comment === undefined ? run : run.slice(0, comment));
  const [, worded, bare] = extension.exec(rest.slice(number.length)) ?? [];
  return { number, extension: worded ?? bare };
};

/** In Mexico, a mobile number had a 1 or a prefix of its own until 2019. */
const withoutOldPrefix = (international: string): string => international.replace(/^\+52(?:0?1|04[45])(\d{10})$/, '+52$1');

const parsed = (text: string, country?: CountryCode): PhoneNumber | undefined => {
  const number = parsePhoneNumberFromString(text, country);
  return number?.isPossible() === true ? number : undefined;
};

const international = (digits: string): string | undefined => parsed(withoutOldPrefix(`+${digits}`))?.number;

/** Whether a number would be the same with the zero that is dialled before an area. */
const lacksZero = (digits: string, inside: PhoneNumber, country: CountryCode): boolean =>
  !digits.startsWith('0') && parsed(`0${digits}`, country)?.number === inside.number;

/** A number as it is dialled inside a country. One that may lack its area is nobody's, because many people have it in other areas. */
const national = (text: string, country: CountryCode): string | undefined => {
  const digits = digitsOf(text);
  const inside = parsed(text, country);
  const dialled = inside === undefined ? '' : digitsOf(inside.formatNational());
  if (inside !== undefined && digits === dialled && !lacksZero(digits, inside, country)) return withoutOldPrefix(inside.number);
  // A form that does not encode the plus sends a space instead.
  const code: string = getCountryCallingCode(country);
  const isComplete = digits.length >= minNationalDigits;
  const outside = isComplete && digits.startsWith(code) ? international(digits) : undefined;
  if (outside !== undefined) return outside;
  if (country === 'MX' && isComplete) return international(`52${digits}`) ?? inside?.number;
  return isComplete ? inside?.number : undefined;
};

/** The digits of a number of any length; undefined where there are too few to be one. */
export const normalisedPhone = (phone: string | undefined): string | undefined => {
  const digits = digitsOf(plain(phone ?? '')).replace(/^00/, '');
  return digits.length >= minDigits ? digits : undefined;
};

/**
 * A phone number in E.164 with its extension, as it identifies a person. Undefined if it is not clear which number it is: people leave out
 * the prefix of their country, so a number without one needs the country, and one that no plan of numbers knows is none.
 */
export const phoneKeyOf = (typed: string, country: string | null): string | undefined => {
  const { number, extension: own } = typedNumber(typed);
  // Between brackets is the zero that is dialled inside the country only, except in Italy, where it is part of the number.
  const text = /^\+\s*(?:39|378|379)/.test(number) ? number : number.replace(/^(\+[^(]*)\(0\)/, '$1');
  const digits = digitsOf(text);
  const home = country !== null && isSupportedCountry(country) ? country : undefined;
  const isInternational = text.startsWith('+') || /^00[1-9]/.test(digits);
  const whole = isInternational ? international(digits.replace(/^00/, '')) : home === undefined ? undefined : national(text, home);
  return whole === undefined ? undefined : `${whole}${own === undefined ? '' : `;ext=${own}`}`;
};

/** The leading number of a text, in digits, without what stands for a country or an area. */
const bareDigits = (typed: string): string => digitsOf(typedNumber(typed).number).replace(/^0+(?=\d)/, '');

const ascending = '01234567890123456789';
const descending = '98765432109876543210';

/** A number that somebody typed because the form wanted one: one digit repeated, digits in a row, or nothing but zeros behind an area. */
export const isPlaceholderNumber = (typed: string): boolean => {
  const whole = digitsOf(typedNumber(typed).number);
  if (whole.length < minDigits) return false;
  const country = parsed(typedNumber(typed).number)?.nationalNumber;
  return [whole, bareDigits(typed), country ?? whole].some(
    (digits) =>
      digits.length >= minDigits &&
      (/^(\d)\1+$/.test(digits) || ascending.includes(digits) || descending.includes(digits) || /^\d{1,5}0{7,}$/.test(digits)),
  );
};
