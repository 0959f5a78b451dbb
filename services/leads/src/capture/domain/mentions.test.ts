import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mentionedIn, mentionsPerson, searchedFor } from './mentions.ts';
import { bodyTexts } from './spellings.ts';

const ada = [{ email: 'Ada@Mills.example', phone: '+49 30 901820-11' }];

describe('mentionsPerson', () => {
  it.each([
    ['with the address as plain text', 'please call ada@mills.example'],
    ['with the address in capitals', 'ADA@MILLS.EXAMPLE'],
    ['with the address percent-encoded', 'a=1&mail=ada%40mills.example'],
    ['with the address in JSON escapes', '{"mail":"ada\\u0040mills.example"'],
    ['with the international number', 'phone: 0049 30 90182011'],
    ['with the national number', 'tel=030%2F901820-11'],
  ])('finds the person in an unreadable body %s', (_, body) => {
    expect(mentionsPerson(body, ada)).toBe(true);
  });

  it.each([
    ['a similar address', 'aida@mills.example'],
    ['another address of the company', 'info@mills.example'],
    ['another number', '030 901820-12'],
    ['no text', ''],
  ])('does not find the person in an unreadable body with %s', (_, body) => {
    expect(mentionsPerson(body, ada)).toBe(false);
  });

  it('finds nobody without an e-mail address or a complete phone number', () => {
    expect(mentionsPerson('Ada, 12', [{ name: 'Ada', phone: '12' }, {}])).toBe(false);
  });
});

const word = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'), minLength: 1, maxLength: 8 });
const wordOfLetters = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 2, maxLength: 8 });
const address = fc.tuple(wordOfLetters, wordOfLetters).map(([local, domain]) => `${local}@${domain}.example`);
const joint = fc.constantFrom('', '.', '-', '+', '_');
const digits = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const number = fc
  .tuple(fc.constantFrom('30', '40', '89'), fc.integer({ min: 1_000_000, max: 99_999_999 }))
  .map(([area, rest]) => ({ area, rest: String(rest) }));
const stranger = 'somebody@else.example';

/** The ways in which forms write fields. */
const encodings: readonly ((fields: Readonly<Record<string, string>>) => string)[] = [
  (fields) => JSON.stringify(fields),
  (fields) => JSON.stringify({ data: { fields: Object.entries(fields).map(([label, value]) => ({ label, value })) } }),
  (fields) => JSON.stringify(fields).replaceAll('@', '\\u0040'),
  (fields) => new URLSearchParams(fields).toString(),
  (fields) => new URLSearchParams({ rawRequest: JSON.stringify(fields) }).toString(),
  (fields) =>
    Object.entries(fields)
      .map(([name, value]) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
      .join(''),
  (fields) =>
    Object.entries(fields)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
];
const padded = (max: number, length = 2) => fc.integer({ min: 1, max }).map((one) => String(one).padStart(length, '0'));
const time = fc
  .tuple(padded(99), padded(12), padded(28), padded(23), padded(59), padded(999, 3))
  .map(([year, month, day, hour, minute, millis]) => `20${year}-${month}-${day}T${hour}:${minute}:59.${millis}Z`);
const encoding = fc.constantFrom(...encodings);

describe('a body that could not be read', () => {
  it('is found by the whole address in every encoding and case, wherever it stands', () => {
    fc.assert(
      fc.property(address, encoding, word, fc.boolean(), (email, encode, other, capitals) => {
        const written = capitals ? email.toUpperCase() : email;
        for (const value of [written, `<${written}>`, `mailto:${written}`, `write to ${written}.`, `'${written}'`, `(${written})`])
          expect(mentionsPerson(encode({ [other]: value, other }), [{ email }])).toBe(true);
      }),
    );
  });

  it('is never found by an address that is only a part of a longer one in it', () => {
    fc.assert(
      fc.property(address, encoding, word, joint, (email, encode, more, between) => {
        const [local = '', domain = ''] = email.split('@');
        const others = [`${more}${between}${email}`, `${local}${between}${more}@${domain}`, `${email}.${more}`, `${email}${more}`];
        for (const other of [...others, `${local}@${more}.${domain}`, `${local}@${more}-${domain}`])
          expect(mentionsPerson(encode({ mail: other, text: `I am ${other}` }), [{ email }])).toBe(false);
      }),
    );
  });

  it('is found by the number in every spelling', () => {
    fc.assert(
      fc.property(number, encoding, ({ area, rest }, encode) => {
        const half = `${rest.slice(0, 4)}-${rest.slice(4)}`;
        const spellings = [`+49 ${area} ${rest}`, `0049${area}${rest}`, `0${area}/${half}`, `+49 (0)${area} ${rest}`, `(0${area}) ${half}`];
        for (const known of [`+49 ${area} ${rest}`, `0${area} ${rest}`])
          for (const written of spellings)
            for (const text of [written, `my number is ${written}, or 0171 1234567`])
              expect(mentionsPerson(encode({ tel: text, name: 'Ada' }), [{ phone: known }])).toBe(true);
      }),
    );
  });

  it('is never found by digits of a day, a time or two fields', () => {
    fc.assert(
      fc.property(time, encoding, (iso, encode) => {
        const compact = iso.replace(/\D/g, '');
        const body = encode({ createdAt: iso, day: iso.slice(0, 10), german: iso.slice(0, 10).split('-').toReversed().join('.') });
        for (const length of [7, 8, 9, 10, 12, 14])
          for (const prefix of ['', '0', '030', '+49', '+4930'])
            expect(mentionsPerson(body, [{ phone: `${prefix}${compact.slice(0, length)}` }])).toBe(false);
      }),
    );
  });

  it('is never found by a postcode and a house number', () => {
    fc.assert(
      fc.property(digits(5), digits(4), encoding, (postcode, house, encode) => {
        const body = encode({ postcode, house, city: `${postcode} Offenburg`, street: `Ring ${house}` });
        for (const phone of [`0${postcode}${house}`, `+49${postcode}${house}`, `015${postcode}${house}`, `0${house}${postcode}`])
          expect(mentionsPerson(body, [{ phone }])).toBe(false);
      }),
    );
  });

  it('belongs to somebody else if it has the same number beside another address', () => {
    const body = (email: string) => JSON.stringify({ email, tel: '030 901820-11' });
    expect(mentionsPerson(body(stranger), ada)).toBe(false);
    expect(mentionsPerson(body('ada@mills.example'), ada)).toBe(true);
  });

  it('is read in time proportional to its length', () => {
    for (const body of ['@'.repeat(200_000), '"'.repeat(200_000), 'a.'.repeat(100_000), '1 '.repeat(100_000), '\\"'.repeat(100_000)])
      expect(mentionsPerson(`{${body}`, ada)).toBe(false);
  });

  it.each([
    ['a domain with an umlaut', 'x@bücher.example', 'x@xn--bcher-kva.example'],
    ['a domain in ASCII', 'x@xn--bcher-kva.example', 'x@bücher.example'],
    ['a decomposed letter', 'zo\u0065\u0308@mills.example', 'zo\u00eb@mills.example'],
  ])('is found by %s', (_what, email, written) => {
    expect(mentionsPerson(JSON.stringify({ mail: written }), [{ email }])).toBe(true);
  });

  it('is not found by a number with the same digits in another country', () => {
    expect(mentionsPerson('{"tel":"+43 30 90182011"}', [{ phone: '+49 30 90182011' }])).toBe(false);
  });
});

const found = 'jürgen.byron@müller-mühle.example';
const utf8 = (text: string): Uint8Array => Buffer.from(text);
const hexOf = (text: string, sign: string, from = /[^a-z]/g): string =>
  text.replace(from, (one) => [...Buffer.from(one)].map((byte) => `${sign}${byte.toString(16).padStart(2, '0')}`).join(''));
const codesOf = (text: string, write: (code: number) => string, from = /[^a-z]/gu): string =>
  text.replace(from, (one) => write(one.codePointAt(0) ?? 0));
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const ascii = 'jürgen.byron@xn--mller-mhle-7db6h.example'.replace(
  'xn--mller-mhle-7db6h',
  URL.parse('http://müller-mühle.example')?.hostname.split('.')[0] ?? '',
);

/** Ways in which one address may stand in a body that nobody could read. */
const corpus: readonly (readonly [how: string, bytes: Uint8Array])[] = [
  ['as it is', utf8(found)],
  ['in capitals', utf8(found.toUpperCase())],
  ['decomposed', utf8(found.normalize('NFD'))],
  ['with the domain in ASCII', utf8(ascii)],
  ['with the domain in ASCII and capitals', utf8(ascii.toUpperCase())],
  ['in windows-1252', latin(found)],
  ['in windows-1252 in a form', latin(`mail=${found}&x=1`)],
  ['in UTF-16, little end first', Buffer.from(found, 'utf16le')],
  ['in UTF-16, big end first', Buffer.from(found, 'utf16le').swap16()],
  ['in UTF-16 with a byte-order mark', Buffer.from(`\ufeff{"mail":"${found}"}`, 'utf16le')],
  ['with a byte-order mark', utf8(`\ufeff${found}`)],
  ['in UTF-8 that was read as windows-1252', utf8(Buffer.from(found).toString('latin1'))],
  ['in UTF-7', utf8(found.replaceAll('ü', '+APw-'))],
  ['in UTF-7 with its @', utf8(found.replaceAll('ü', '+APw-').replace('@', '+AEA-'))],
  ['percent-encoded', utf8(`mail=${encodeURIComponent(found)}`)],
  ['percent-encoded whole', utf8(`mail=${hexOf(found, '%', /[^]/gu)}`)],
  ['percent-encoded in small letters', utf8(`mail=${encodeURIComponent(found).toLowerCase()}`)],
  ['percent-encoded twice', utf8(`mail=${encodeURIComponent(encodeURIComponent(found))}`)],
  ['percent-encoded in windows-1252', utf8(`mail=${found.replaceAll('ü', '%FC').replace('@', '%40')}`)],
  ['percent-encoded by an old script', utf8(`mail=${found.replaceAll('ü', '%u00fc').replace('@', '%40')}`)],
  ['percent-encoded outside a form', utf8(`see mailto:${encodeURIComponent(found)} now`)],
  ['in decimal entities', utf8(codesOf(found, (code) => `&#${code};`))],
  ['in decimal entities of every letter', utf8(codesOf(found, (code) => `&#${code};`, /[^]/gu))],
  ['in decimal entities with zeros', utf8(codesOf(found, (code) => `&#${String(code).padStart(6, '0')};`))],
  ['in hexadecimal entities', utf8(codesOf(found, (code) => `&#x${code.toString(16)};`))],
  ['in hexadecimal entities in capitals', utf8(codesOf(found, (code) => `&#X${code.toString(16).toUpperCase()};`))],
  ['in entities without a semicolon', utf8(found.replace('@', '&#64').replaceAll('ü', '&uuml;'))],
  ['in named entities', utf8(found.replaceAll('ü', '&uuml;').replace('@', '&commat;').replaceAll('.', '&period;'))],
  ['in entities in a form', utf8(`mail=${encodeURIComponent(codesOf(found, (code) => `&#${code};`))}`)],
  ['in entities of entities', utf8(found.replace('@', '&amp;#64;'))],
  ['in JSON', utf8(JSON.stringify({ mail: found }))],
  ['in escaped JSON', utf8(`{"mail":"${codesOf(found, (code) => `\\u${code.toString(16).padStart(4, '0')}`)}"}`)],
  ['in escaped JSON in JSON', utf8(JSON.stringify({ raw: `{"mail":"${found.replace('@', '\\u0040')}"}` }))],
  ['in JSON in a form', utf8(`rawRequest=${encodeURIComponent(JSON.stringify({ mail: found }))}`)],
  ['in JSON that is cut off', utf8(`{"a":[{"mail":"${found}`)],
  ['in escapes of JavaScript', utf8(`'${found.replace('@', '\\x40').replaceAll('ü', '\\u{fc}')}'`)],
  ['in octal escapes', utf8(found.replace('@', '\\100'))],
  [
    'in quoted-printable',
    utf8(
      hexOf(found, '=')
        .toUpperCase()
        .replace(/=([0-9A-F]{2})/g, '=$1'),
    ),
  ],
  ['in quoted-printable over two lines', utf8(`mail: ${hexOf(found, '=', /[^a-z@.-]/g).replace('@', '@=\r\n')}`)],
  ['in quoted-printable of windows-1252', utf8(`mail: ${found.replaceAll('ü', '=FC').replace('@', '=40')}`)],
  ['in a header in quoted-printable', utf8(`From: =?utf-8?Q?${hexOf(found, '=')}?=`)],
  ['in a header in base64', utf8(`From: =?utf-8?B?${base64(found)}?=`)],
  ['in base64', utf8(base64(`Name: Ada\nMail: ${found}\n`))],
  ['in base64 in JSON', utf8(JSON.stringify({ payload: base64(JSON.stringify({ mail: found })) }))],
  ['as a link', utf8(`<a href="mailto:${found}?subject=Hello">write</a>`)],
  ['in angle brackets behind a name', utf8(`"Byron, Jürgen" <${found}>`)],
  ['in a table', utf8(`Byron;${found};030 1`)],
  ['in XML', utf8(`<mail>${found}</mail>`)],
  ['wide', utf8(found.replace('@', '\uff20').replaceAll('.', '\uff0e'))],
  ['with characters that nobody sees', utf8([...found].join('\u200b'))],
  ['between signs of direction', utf8(`\u202a${found}\u202c`)],
  ['with a soft hyphen', utf8(found.replace('byron', 'by\u00adron'))],
  ['hidden from robots', utf8(found.replace('@', ' (at) ').replaceAll('.', ' [dot] '))],
  ['in a multipart form', utf8(`--x\r\ncontent-disposition: form-data; name="mail"\r\n\r\n${found}\r\n--x--`)],
];

describe('a body in quarantine', () => {
  it.each(corpus)('K3d: is found by an address that stands in it %s', (_how, bytes) => {
    const searched = new Set(searchedFor([{ email: found }]));
    expect(mentionedIn(...bodyTexts(bytes)).some((contact) => searched.has(contact))).toBe(true);
  });

  it.each(corpus)('K3d: is not found by a longer or a shorter address than the one that stands in it %s', (_how, bytes) => {
    const mentioned = new Set(mentionedIn(...bodyTexts(bytes)));
    for (const email of ['byron@müller-mühle.example', 'a.jürgen.byron@müller-mühle.example', 'jürgen.byron@mühle.example', `${found}.org`])
      expect(searchedFor([{ email }]).some((contact) => mentioned.has(contact))).toBe(false);
  });

  it('K3d: is read in time proportional to its length, whatever it is made of', () => {
    for (const part of ['@', '=', '&#', '%', '\\u', ' ', '(at)', '+', 'a-', '=?', 'Ã¼'])
      expect(mentionedIn(...bodyTexts(utf8(part.repeat(100_000 / part.length))))).toEqual([]);
  });
});
