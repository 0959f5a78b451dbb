import type { PersonFields } from '@meilenstein/contracts';
import { iso31661Alpha3ToAlpha2 } from 'iso-3166';

/** Vehicle codes of Europe that are not ISO 3166 codes; people type them into forms. */
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

/** Names of countries beside those that the runtime knows. */
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

/** Words for the form of state before a name. */
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

/** The current code for an outdated one: FX is FR, SU is RU, UK is GB. */
const currentCode = (code: string): string => new Intl.Locale(`und-${code}`).region ?? code;

// Kosovo has no ISO 3166 code yet; this one is in general use.
const countries: ReadonlySet<string> = new Set([...Object.values(iso31661Alpha3ToAlpha2), 'XK']);

let byName: ReadonlyMap<string, string> | undefined;

/** Country names in the languages that forms use, with their ISO 3166 codes; the runtime knows them. */
const names = (): ReadonlyMap<string, string> => {
  byName ??= new Map([
    ...['de', 'en', 'fr', 'it', 'es', 'nl', 'pl'].flatMap((language) => {
      const displayNames = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
      return [...countries].flatMap((code) =>
        [displayNames.of(code)].flatMap((name) =>
          name === undefined ? [] : [[plain(name), code] as const, [withoutUmlauts(name), code] as const],
        ),
      );
    }),
    ...Object.entries(otherNames),
  ]);
  return byName;
};

/** The two letters behind a flag emoji. */
const flagged = (text: string): string | undefined => {
  const letters = [...(/^\p{RI}{2}$/u.test(text) ? text : '')].map((sign) =>
    String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0x1f1e6 + 65),
  );
  return letters.length === 0 ? undefined : letters.join('');
};

const byCode = (code: string): string | undefined => {
  if (/^[A-Z]{2}$/.test(code) && countries.has(currentCode(code))) return currentCode(code);
  return iso31661Alpha3ToAlpha2[code] ?? carSigns[code];
};

/**
 * The ISO 3166 code of a country that was typed as a code (two or three letters, or the vehicle code), its flag or its name; null for
 * anything else.
 */
export const countryOf = ({ country = '' }: PersonFields): string | null => {
  const text = country.trim();
  const code = flagged(text) ?? text.toUpperCase().replace(/[.\s]/g, '');
  const name = plain(text);
  return byCode(code) ?? names().get(name) ?? names().get(name.replace(formsOfState, '')) ?? null;
};
