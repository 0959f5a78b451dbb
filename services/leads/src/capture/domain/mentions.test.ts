import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mentionsPerson } from './mentions.ts';

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
