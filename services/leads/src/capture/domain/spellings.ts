/** How often one way of writing may be wrapped in another: a form in JSON in a form. */
const maxRounds = 3;
/** A text of a form has few ways to be read; a made-up one must not have thousands. */
const maxReadings = 24;

const namedSigns: Readonly<Record<string, string>> = {
  commat: '@',
  period: '.',
  lowbar: '_',
  plus: '+',
  hyphen: '-',
  dash: '-',
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: ' ',
  num: '#',
  equals: '=',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ntilde: 'ñ',
  oslash: 'ø',
  aring: 'å',
  aelig: 'æ',
  shy: '',
  zwnj: '',
  zwj: '',
};

const character = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '');

const utf8Or1252 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

const escapedBytes = (escapes: string, sign: string): string =>
  utf8Or1252(Uint8Array.from(escapes.split(sign).slice(1), (hex) => Number.parseInt(hex, 16)));

const withoutEntities = (text: string): string =>
  text
    .replace(/&#(\d{1,7});?/g, (_, code: string) => character(Number(code)))
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/&([a-z]{2,8});/gi, (whole, name: string) => namedSigns[name] ?? namedSigns[name.toLowerCase()] ?? whole);

const withoutPercents = (text: string): string =>
  text
    .replace(/%u([0-9a-f]{4})/gi, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => escapedBytes(escapes, '%'));

/** Quoted-printable, as mail programs write it, and its words in a header (`=?utf-8?Q?…?=`). */
export const withoutQuotedPrintable = (text: string): string =>
  text.replace(/=[ \t]*\r?\n/g, '').replace(/(?:=[0-9a-f]{2})+/gi, (escapes) => escapedBytes(escapes, '='));

/** Escapes of JSON, of JavaScript and of style sheets. */
const withoutEscapes = (text: string): string =>
  text
    .replace(/\\u\{([0-9a-f]{1,6})\}/gi, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/(?:\\x[0-9a-f]{2})+/gi, (escapes) => escapedBytes(escapes, '\\x'))
    .replace(/\\([0-7]{3})/g, (_, code: string) => character(Number.parseInt(code, 8)))
    .replace(/\\([nrt])/g, '\n')
    .replace(/\\(["'\\/@.])/g, '$1');

const fromBase64 = (text: string): string => utf8Or1252(Buffer.from(text, 'base64'));

const isReadable = (text: string): boolean => text.includes('@') && !/[^\P{Cc}\s]|\ufffd/u.test(text);

/** Words of a mail header, and any long word that is base64 of something with an `@`. */
const withoutBase64 = (text: string): string =>
  text
    .replace(/=\?[\w-]+\?b\?([a-z0-9+/=]*)\?=/gi, (_, word: string) => fromBase64(word))
    .replace(/=\?[\w-]+\?q\?([^?\s]*)\?=/gi, (_, word: string) => withoutQuotedPrintable(word.replaceAll('_', ' ')))
    .replace(/(?<![\w+/-])[A-Za-z0-9+/_-]{12,}={0,2}(?![\w+/=])/g, (word) => {
      const decoded = fromBase64(word);
      return isReadable(decoded) ? ` ${decoded} ` : word;
    });

const utf16 = (bytes: Uint8Array): string => new TextDecoder('utf-16be').decode(bytes.subarray(0, bytes.length - (bytes.length % 2)));

/** UTF-7, which old mail programs wrote; only western letters and the `@`, because a plus in an address may look like it. */
const withoutUtf7 = (text: string): string =>
  text.replace(/\+([A-Za-z0-9+/]{2,})-?/g, (whole, word: string) => {
    const decoded = utf16(Buffer.from(word, 'base64'));
    return /^[@\u00c0-\u024f]+$/.test(decoded) ? decoded : whole;
  });

/** As people hide an address from robots: `ada (at) mills [dot] example`. */
const withoutDisguise = (text: string): string =>
  text
    .replace(/[ \t]{0,3}[[({<]\s{0,3}(?:at|ät|@)\s{0,3}[\])}>][ \t]{0,3}/gi, '@')
    .replace(/[ \t]{0,3}[[({<]\s{0,3}(?:dot|punkt|point|\.)\s{0,3}[\])}>][ \t]{0,3}/gi, '.');

/** A text in UTF-8 that was read in another charset: `mÃ¼ller`. */
const withoutDoubleEncoding = (text: string): string => {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]/.test(text)) return text;
  const bytes = Buffer.from([...text].flatMap((sign) => windowsByte.get(sign) ?? [0x3f]));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
};
const windowsByte: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte]),
);

const narrow = (text: string): string => text.normalize('NFKC');

const decoders = [
  withoutEscapes,
  withoutPercents,
  withoutEntities,
  withoutQuotedPrintable,
  withoutBase64,
  withoutUtf7,
  withoutDisguise,
  withoutDoubleEncoding,
  narrow,
] as const;

/**
 * Every text that a text may stand for: as it is, and with what forms, mail programs and web pages write in another way decoded. A reading
 * that means nothing does no harm, because only whole addresses and numbers are compared.
 */
export const readingsOf = (text: string): readonly string[] => {
  const readings = new Set([text]);
  let newest: readonly string[] = [text];
  for (let round = 0; round < maxRounds; round += 1) {
    const found = newest.flatMap((one) => decoders.map((decode) => decode(one))).filter((one) => !readings.has(one));
    newest = [...new Set(found)].slice(0, Math.max(0, maxReadings - readings.size));
    for (const one of newest) readings.add(one);
  }
  return [...readings];
};

/** The texts that bytes may be: in UTF-8, in the charset of western Windows, and in UTF-16 if it looks like it. */
export const bodyTexts = (bytes: Uint8Array): readonly string[] => {
  const charsets = ['utf-8', 'windows-1252', ...(bytes.includes(0) ? ['utf-16le', 'utf-16be'] : [])];
  return [...new Set(charsets.map((charset) => new TextDecoder(charset).decode(bytes)))];
};
