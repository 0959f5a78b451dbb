import type { PersonFields } from '@meilenstein/contracts';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

/** Codes of countries that are called otherwise today have the same names: FX is FR, SU is RU, UK is GB. */
const today = (code: string): string => new Intl.Locale(`und-${code}`).region ?? code;

let byName: ReadonlyMap<string, string> | undefined;

/** Country names in the languages that forms use, with their ISO 3166 codes; the runtime knows them. */
const codes = (): ReadonlyMap<string, string> => {
  byName ??= new Map(
    ['de', 'en', 'fr', 'it', 'es', 'nl', 'pl'].flatMap((language) => {
      const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
      return letters.flatMap((a) =>
        letters.flatMap((b) =>
          [names.of(`${a}${b}`)].flatMap((name) => (name === undefined ? [] : [[plain(name), today(`${a}${b}`)] as const])),
        ),
      );
    }),
  );
  return byName;
};

/** The ISO 3166 code of a country that was typed by its code or its name; null for everything else, which may be anything. */
export const countryOf = ({ country = '' }: PersonFields): string | null => {
  const text = country.trim();
  const code = text.toUpperCase();
  if (/^[A-Z]{2}$/.test(code)) return [...codes().values()].includes(today(code)) ? today(code) : null;
  return codes().get(plain(text)) ?? null;
};
