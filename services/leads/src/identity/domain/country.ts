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
  turkey: 'TR',
  tuerkei: 'TR',
  turkei: 'TR',
  turkiye: 'TR',
  republicofturkey: 'TR',
  republicofturkiye: 'TR',
  macedonia: 'MK',
  mazedonien: 'MK',
  macedoine: 'MK',
  fyrom: 'MK',
  formeryugoslavrepublicofmacedonia: 'MK',
  ivorycoast: 'CI',
  elfenbeinkuste: 'CI',
  elfenbeinkueste: 'CI',
  burma: 'MM',
  birma: 'MM',
  birmanie: 'MM',
  swaziland: 'SZ',
  swasiland: 'SZ',
  capeverde: 'CV',
  kapverde: 'CV',
  easttimor: 'TL',
  osttimor: 'TL',
  persia: 'IR',
  persien: 'IR',
  islamicrepublicofiran: 'IR',
  siam: 'TH',
  ceylon: 'LK',
  zaire: 'CD',
  drcongo: 'CD',
  drkongo: 'CD',
  democraticrepublicofthecongo: 'CD',
  demokratischerepublikkongo: 'CD',
  congobrazzaville: 'CG',
  congokinshasa: 'CD',
  republicofthecongo: 'CG',
  rhodesia: 'ZW',
  rhodesien: 'ZW',
  uppervolta: 'BF',
  obervolta: 'BF',
  dahomey: 'BJ',
  formosa: 'TW',
  taiwanprovinceofchina: 'TW',
  eastgermany: 'DE',
  westgermany: 'DE',
  ostdeutschland: 'DE',
  westdeutschland: 'DE',
  ddr: 'DE',
  gdr: 'DE',
  frg: 'DE',
  allemagne: 'DE',
  sovietunion: 'RU',
  sowjetunion: 'RU',
  udssr: 'RU',
  ussr: 'RU',
  russia: 'RU',
  russland: 'RU',
  moldova: 'MD',
  moldavia: 'MD',
  moldawien: 'MD',
  republicofmoldova: 'MD',
  byelorussia: 'BY',
  belorussia: 'BY',
  whiterussia: 'BY',
  weissrussland: 'BY',
  bosnia: 'BA',
  bosnien: 'BA',
  herzegovina: 'BA',
  slovak: 'SK',
  tschechei: 'CZ',
  czechia: 'CZ',
  bohemia: 'CZ',
  vatican: 'VA',
  vatikan: 'VA',
  holysee: 'VA',
  heiligerstuhl: 'VA',
  emirates: 'AE',
  uae: 'AE',
  vae: 'AE',
  emirate: 'AE',
  unitedarabemirates: 'AE',
  ksa: 'SA',
  saudi: 'SA',
  vietnam: 'VN',
  southvietnam: 'VN',
  laopdr: 'LA',
  laopeoplesdemocraticrepublic: 'LA',
  syrianarabrepublic: 'SY',
  bruneidarussalam: 'BN',
  unitedrepublicoftanzania: 'TZ',
  stateofpalestine: 'PS',
  palestine: 'PS',
  hongkong: 'HK',
  hongkongsarchina: 'HK',
  macao: 'MO',
  macau: 'MO',
  southkorea: 'KR',
  northkorea: 'KP',
  sudkorea: 'KR',
  suedkorea: 'KR',
  nordkorea: 'KP',
  democraticpeoplesrepublicofkorea: 'KP',
  federatedstatesofmicronesia: 'FM',
  plurinationalstateofbolivia: 'BO',
  bolivarianrepublicofvenezuela: 'VE',
  eire: 'IE',
  southernireland: 'IE',
  republicofireland: 'IE',
  us: 'US',
  usa: 'US',
  uk: 'GB',
  britain: 'GB',
  britannien: 'GB',
  unitedkingdomofgreatbritainandnorthernireland: 'GB',
  thenetherlands: 'NL',
  dieniederlande: 'NL',
  dieschweiz: 'CH',
  helvetia: 'CH',
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

/** Codes of three letters that ISO 3166 has withdrawn; those of two letters the runtime knows. */
const formerCodes: Readonly<Record<string, string>> = {
  BUR: 'MM',
  DDR: 'DE',
  FXX: 'FR',
  ROM: 'RO',
  SUN: 'RU',
  TMP: 'TL',
  WAK: 'UM',
  ZAR: 'CD',
};

const byCode = (code: string): string | undefined => {
  if (/^(?:[A-Z]{2}|\d{3})$/.test(code) && countries.has(currentCode(code))) return currentCode(code);
  return iso31661Alpha3ToAlpha2[code] ?? formerCodes[code] ?? carSigns[code];
};

const byWholeName = (text: string): string | undefined => {
  const name = plain(text);
  return names().get(name) ?? names().get(name.replace(formsOfState, '')) ?? names().get(withoutUmlauts(text));
};

/** Parts of other countries have the same names as these: a city of the state of Georgia is not in Georgia. */
const ambiguous = new Set(['GE', 'JE']);

/**
 * The country that one part of a text names, if no other part names another one: `Germany (DE)`, `Deutschland / Germany`,
 * `Korea, Republic of`. After a comma, only the last part counts: a town comes before its country.
 */
const byPart = (text: string): string | undefined => {
  const [head = '', ...behind] = text.split(',').map((part) => part.trim());
  const turned = behind.length === 0 ? undefined : byWholeName([...behind, head].join(' '));
  if (turned !== undefined) return turned;
  const parts = (behind.at(-1) ?? head).split(/[()[\]/|;–—]|\s-\s/u).map((part) => part.trim());
  const named = new Set(parts.flatMap((part) => byWholeName(part) ?? []));
  const [only] = [...named];
  const isTown = behind.length > 0 && only !== undefined && ambiguous.has(only);
  return named.size === 1 && !isTown ? only : undefined;
};

/**
 * The ISO 3166 code of a country that was typed as a code (two or three letters, three digits, or the vehicle code), its flag or one of its
 * names, today's or a former one; null for anything else.
 */
export const countryOf = ({ country = '' }: PersonFields): string | null => {
  const text = country.trim();
  const code = flagged(text) ?? text.toUpperCase().replace(/[.\s]/g, '');
  return byCode(code) ?? byWholeName(text) ?? byPart(text) ?? null;
};
