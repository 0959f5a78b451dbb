import type { PersonFields } from '@meilenstein/contracts';
import { iso31661Alpha3ToAlpha2 } from 'iso-3166';

/** The signs of Europe's cars, as far as they are no code of ISO 3166; people who fill in forms know them. */
const carSigns: Readonly<Record<string, string>> = {
  A: 'AT',
  B: 'BE',
  D: 'DE',
  E: 'ES',
  F: 'FR',
  FL: 'LI',
  H: 'HU',
  I: 'IT',
  L: 'LU',
  M: 'MT',
  N: 'NO',
  NMK: 'MK',
  P: 'PT',
  RSM: 'SM',
  S: 'SE',
  SLO: 'SI',
};

/** What countries are called beside the names that the runtime knows. */
const otherNames: Readonly<Record<string, string>> = {
  weissrussland: 'BY',
  brd: 'DE',
  bundesrepublik: 'DE',
  england: 'GB',
  scotland: 'GB',
  schottland: 'GB',
  wales: 'GB',
  northernireland: 'GB',
  nordirland: 'GB',
  greatbritain: 'GB',
  grossbritannien: 'GB',
  holland: 'NL',
  america: 'US',
  amerika: 'US',
  czechrepublic: 'CZ',
  tschechischerepublik: 'CZ',
  slovakrepublic: 'SK',
  slowakischerepublik: 'SK',
  hellenicrepublic: 'GR',
  swissconfederation: 'CH',
  schweizerischeeidgenossenschaft: 'CH',
  russianfederation: 'RU',
  russischefoderation: 'RU',
  republicofchina: 'TW',
  republikchina: 'TW',
  volksrepublikchina: 'CN',
  peoplesrepublicofchina: 'CN',
  republicofkorea: 'KR',
  republikkorea: 'KR',
  unitedstatesofamerica: 'US',
  vereinigtestaatenvonamerika: 'US',
};

/** What a state calls itself before its name. */
const formsOfState =
  /^(?:the)?(?:bundesrepublik|federalrepublicof|republicof|republik|kingdomof|konigreich|koenigreich|grandduchyof|grossherzogtum|principalityof|furstentum|fuerstentum)/;

const plain = (name: string): string =>
  name
    .replace(/[ßẞ]/g, 'ss')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe', æ: 'ae' };
const withoutUmlauts = (name: string): string => plain(name.toLowerCase().replace(/[äöüåøæ]/g, (letter) => umlauts[letter] ?? letter));

/** Codes of countries that are called otherwise today have the same names: FX is FR, SU is RU, UK is GB. */
const today = (code: string): string => new Intl.Locale(`und-${code}`).region ?? code;

// Kosovo has no code of ISO 3166 yet; everybody uses this one.
const countries: ReadonlySet<string> = new Set([...Object.values(iso31661Alpha3ToAlpha2), 'XK']);

let byName: ReadonlyMap<string, string> | undefined;

/** Country names in the languages that forms use, with their ISO 3166 codes; the runtime knows them. */
const names = (): ReadonlyMap<string, string> => {
  byName ??= new Map([
    ...['de', 'en', 'fr', 'it', 'es', 'nl', 'pl'].flatMap((language) => {
      const known = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
      return [...countries].flatMap((code) =>
        [known.of(code)].flatMap((name) =>
          name === undefined ? [] : [[plain(name), code] as const, [withoutUmlauts(name), code] as const],
        ),
      );
    }),
    ...Object.entries(otherNames),
  ]);
  return byName;
};

/** A flag is two letters that are written as pictures. */
const flagged = (text: string): string | undefined => {
  const letters = [...(/^\p{RI}{2}$/u.test(text) ? text : '')].map((sign) =>
    String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0x1f1e6 + 65),
  );
  return letters.length === 0 ? undefined : letters.join('');
};

const byCode = (code: string): string | undefined => {
  if (/^[A-Z]{2}$/.test(code) && countries.has(today(code))) return today(code);
  return iso31661Alpha3ToAlpha2[code] ?? carSigns[code];
};

/**
 * The ISO 3166 code of a country that was typed by a code (of two or three letters, or of cars), its flag or its name; null for
 * everything else, which may be anything.
 */
export const countryOf = ({ country = '' }: PersonFields): string | null => {
  const text = country.trim();
  const code = flagged(text) ?? text.toUpperCase().replace(/[.\s]/g, '');
  const name = plain(text);
  return byCode(code) ?? names().get(name) ?? names().get(name.replace(formsOfState, '')) ?? null;
};
