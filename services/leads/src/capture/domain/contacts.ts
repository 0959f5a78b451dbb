import type { PersonFields } from '@meilenstein/contracts';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { emailAddressOf } from '../../identity/domain/email-address.ts';
import { withoutInvisible } from '../../identity/domain/visible-text.ts';
import { fieldTextsOf } from './field-texts.ts';

/** Every whole e-mail address and phone number in a text, each in the spelling in which it is compared. */
export type Contacts = { readonly addresses: ReadonlySet<string>; readonly numbers: ReadonlySet<string> };

/** Shorter digit sequences occur in many bodies that name nobody. */
const minDigits = 7;
const maxDigits = 17;
/** A bare number of fewer digits may as well be an id or a day. */
const minBareDigits = 9;
/** Without the prefix of a country or an area, a shorter number identifies nobody. */
const minDigitsWithoutPrefix = 10;

const localCharacter = /[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~.-]/u;
const domainCharacter = /[\p{L}\p{N}\p{M}._-]/u;

/** The spelling in which addresses are compared: the one that identifies a person. */
const addressesOf = ({ local, domain }: FoundAddress): readonly string[] =>
  localReadings(local).flatMap((reading) => emailAddressOf(`${reading}@${domain}`)?.key ?? []);

type FoundAddress = { readonly local: string; readonly domain: string };

/** The addresses in a text, each as long as it can be: `joann@mills.example.org` never contains `ann@mills.example`. */
const foundAddresses = (text: string): readonly FoundAddress[] => {
  const characters = [...withoutInvisible(text)];
  return characters.flatMap((character, at) => {
    if (character !== '@') return [];
    let from = at;
    while (from > 0 && localCharacter.test(characters[from - 1] ?? '')) from -= 1;
    let until = at + 1;
    while (until < characters.length && domainCharacter.test(characters[until] ?? '')) until += 1;
    if (characters[from - 1] === '@' || characters[until] === '@') return [];
    const local = characters.slice(from, at).join('');
    const domain = characters
      .slice(at + 1, until)
      .join('')
      .replace(/[._-]+$/, '');
    return local !== '' && domain.includes('.') ? [{ local, domain }] : [];
  });
};

/** Signs that may belong to an address, and far more often stand before one: `'ada@…`, `mail=ada@…`, `…/ada@…`. */
const localReadings = (local: string): readonly string[] => {
  const withoutSigns = local.replace(/^[^\p{L}\p{N}_]+/u, '');
  const afterSign = local.slice(Math.max(...['=', '/', '|', '?', '&', '{', '}'].map((sign) => local.lastIndexOf(sign))) + 1);
  return [...new Set([local, withoutSigns, afterSign])].filter((reading) => reading !== '');
};

type PhoneNumber = { readonly kind: 'international' | 'trunk' | 'bare'; readonly digits: string; readonly national: string | undefined };

/** A phone number by how it begins: with the prefix of a country, with the zero of its own country, or with neither. */
const phoneNumberOf = (text: string): PhoneNumber | undefined => {
  const digits = text.replace('(0)', '').replace(/\D/g, '');
  const kind = /^[\s(]*\+/.test(text) || digits.startsWith('00') ? 'international' : digits.startsWith('0') ? 'trunk' : 'bare';
  const rest = digits.replace(/^0+/, '');
  if (rest.length < minDigits || rest.length > maxDigits) return undefined;
  const national = kind === 'international' ? parsePhoneNumberFromString(`+${rest}`)?.nationalNumber : undefined;
  return { kind, digits: rest, national };
};

/** A number with the prefix of its country can also be found by somebody who gave it without one. */
const writtenNumber = ({ kind, digits, national }: PhoneNumber): readonly string[] => [
  `${kind}:${digits}`,
  ...(national === undefined ? [] : [`national:${national}`]),
];

const bareNumber = (digits: string): readonly string[] => (digits.length < minBareDigits ? [] : [`bare:${digits}`]);

/** The spellings by which a person's number is searched. A number as it is dialled inside a country fits that number of any country. */
const searchedNumber = ({ kind, digits, national }: PhoneNumber): readonly string[] => {
  if (kind === 'trunk') return [`trunk:${digits}`, `national:${digits}`, ...bareNumber(digits)];
  const inside = national === undefined ? [] : [`trunk:${national}`, ...bareNumber(national)];
  if (kind === 'international') return [`international:${digits}`, `bare:${digits}`, ...inside];
  if (digits.length < minDigitsWithoutPrefix) return [];
  return [`bare:${digits}`, `international:${digits}`, `trunk:${digits}`, `national:${digits}`];
};

const day = /(?<!\d)(?:\d{4}([-./])\d{2}\1\d{2}|\d{2}([-./])\d{2}\2\d{4})(?!\d)/g;
const digitGroups = /\+?\(?\d(?:[\d ()/.\u00a0\u2010-\u2015-]*\d)?/g;
const isWordCharacter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}_]/u.test(character);

/** Digits between other characters, as they stand; two numbers beside each other also apart. Days are no numbers. */
const numberTextsIn = (text: string): readonly string[] => {
  const withoutDays = text.replace(day, ';');
  return [...withoutDays.matchAll(digitGroups)].flatMap(({ 0: found, index }) => {
    if (isWordCharacter(withoutDays[index - 1]) || isWordCharacter(withoutDays[index + found.length])) return [];
    return [found, ...found.split(/\s+[/\u2010-\u2015-]\s+|\s{2,}|\s+(?=\(?0)/)];
  });
};

/** The contacts in a body, whatever its encoding. Each value of a form is read by itself. */
export const contactsIn = (body: string): Contacts => {
  const texts = fieldTextsOf(body);
  const addresses = texts.flatMap((text) => foundAddresses(text).flatMap(addressesOf));
  const numbers = texts.flatMap(numberTextsIn).flatMap((text) => {
    const number = phoneNumberOf(text);
    return number === undefined ? [] : writtenNumber(number);
  });
  return { addresses: new Set(addresses), numbers: new Set(numbers) };
};

/** The contacts by which a person is searched. */
export const contactsOf = (persons: readonly PersonFields[]): Contacts => {
  const addresses = persons.flatMap(({ email = '' }) => emailAddressOf(email)?.key ?? []);
  const numbers = persons.flatMap(({ phone = '' }) => {
    const number = phoneNumberOf(phone);
    return number === undefined ? [] : searchedNumber(number);
  });
  return { addresses: new Set(addresses), numbers: new Set(numbers) };
};
