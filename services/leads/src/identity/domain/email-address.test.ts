import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailAddressOf } from './email-address.ts';
import { isPlaceholderAddress } from './placeholders.ts';

const keyOf = (text: string) => emailAddressOf(text)?.key;

const word = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789äöüéñø'), minLength: 1, maxLength: 8 });
const label = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzäöüéñø'), minLength: 1, maxLength: 8 });
const address = fc
  .tuple(word, fc.constantFrom('', '.', '-', '_', '+'), word, label)
  .map(([first, joint, last, domain]) => `${first}${joint}${last}@${domain}.example`);

const invisible = fc.constantFrom(
  '\u200b',
  '\u200c',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u200e',
  '\u202a',
  '\u202c',
  '\u202e',
  '\u2066',
  '\ufe0f',
);

/** Ways in which people and programs write one and the same address. */
const spellings = fc.constantFrom<(text: string) => string>(
  (text) => text.toUpperCase(),
  (text) => text.normalize('NFD'),
  (text) => ` ${text}\u00a0`,
  (text) => `mailto:${text}`,
  (text) => `MAILTO:${text}?subject=Hello`,
  (text) => `<${text}>`,
  (text) => `Ada Byron <${text}>`,
  (text) => `"Byron, Ada" <${text}>`,
  (text) => `${text} (Ada Byron)`,
  (text) => `"${text}"`,
  (text) => `„${text}“`,
  (text) => `'${text}',`,
  (text) => `${text}.`,
  (text) => `${text};`,
  (text) => `e-mail: ${text}`,
  (text) => text.replace('@', '\uff20'),
  (text) => text.replaceAll('.', '\uff0e'),
  (text) => text.replace(/@([\p{L}\p{N}\p{M}.-]+)/u, (_, domain: string) => `@${URL.parse(`http://${domain}`)?.hostname ?? domain}`),
  (text) => text.replace(/(?<=[@\uff20]).*$/su, (domain) => domain.toUpperCase()),
);

describe('emailAddressOf', () => {
  it.each([
    ['K3a: composed or decomposed', 'jürgen@mills.example', 'ju\u0308rgen@mills.example'],
    ['K3b: a domain in its own script or in ASCII', 'info@müller.example', 'info@xn--mller-kva.example'],
    ['K3b: in capitals', 'INFO@MÜLLER.EXAMPLE', 'info@XN--MLLER-KVA.example'],
    ['K3c: with a space of no width in front', '\u200bada@mills.example', 'ada@mills.example'],
    ['K3c: with a space of no width behind', 'ada@mills.example\u200b', 'ada@mills.example'],
    ['K3c: between signs of direction', '\u202aada@mills.example\u202c', 'ada@mills.example'],
    ['K10: with a sharp s', 'weiß@mills.example', 'WEISS@mills.example'],
    ['A18: as a link', 'mailto:ann@mills.example', 'ann@mills.example'],
    ['A18: in angle brackets', '<ann@mills.example>', 'ann@mills.example'],
    ['A18: with a full stop behind', 'ann@mills.example.', 'ann@mills.example'],
    ['A18: with a sign of direction inside', 'an\u202en@mills.example', 'ann@mills.example'],
    ['with an escaped link', 'mailto:%61nn%40mills.example?cc=x@y.example', 'ann@mills.example'],
    ['with needless quotes', '"ann"@mills.example', 'ann@mills.example'],
  ])('knows an address %s', (_what, one, other) => {
    expect(keyOf(one)).toBe(keyOf(other));
    expect(keyOf(one)).toBeDefined();
  });

  it('K3: gives one key to every spelling of an address, and spellings of spellings', () => {
    fc.assert(
      fc.property(address, spellings, spellings, (text, one, other) => {
        expect(keyOf(one(other(text)))).toBe(keyOf(text));
        expect(keyOf(text)).toBeDefined();
      }),
    );
  });

  it('K3: gives one key whatever nobody sees is put into an address', () => {
    fc.assert(
      fc.property(address, fc.array(fc.tuple(fc.nat(40), invisible), { maxLength: 4 }), (text, hidden) => {
        const written = hidden.reduce(
          (all, [at, sign]) => `${all.slice(0, at % (all.length + 1))}${sign}${all.slice(at % (all.length + 1))}`,
          text,
        );
        expect(keyOf(written)).toBe(keyOf(text));
      }),
    );
  });

  it('K3: gives two keys to two addresses', () => {
    fc.assert(
      fc.property(address, address, (one, other) => {
        fc.pre(one !== other);
        expect(keyOf(one)).not.toBe(keyOf(other));
      }),
    );
  });

  it('gives a key that is its own key', () => {
    fc.assert(
      fc.property(fc.oneof(address, fc.emailAddress(), fc.string()), (text) => {
        const key = keyOf(text);
        expect(key === undefined ? undefined : keyOf(key)).toBe(key);
      }),
    );
  });

  it('sends mail to the domain in ASCII, and shows the address as it was typed', () => {
    expect(emailAddressOf(' Ada <Ada@Müller.example>')).toEqual({
      written: 'Ada@Müller.example',
      mailTo: 'Ada@xn--mller-kva.example',
      key: 'ada@xn--mller-kva.example',
    });
  });

  it.each([
    '',
    'ada',
    'ada@',
    '@mills.example',
    'ada@mills',
    'ada@c..example',
    'ada@.example',
    'a..b@mills.example',
    '.ada@mills.example',
    'ada.@mills.example',
    'ada byron@mills.example',
    'ada@mills.example bob@mills.example',
    'ada@mills.example,bob@mills.example',
    'ada@@mills.example',
    'ada@-mills.example',
    'ada@mills-.example',
    'ada@mi_lls.example',
    'ada@mills.e',
    'ada@mills.123',
    'ada@127.0.0.1',
    'ada@[127.0.0.1]',
    'ada@localhost',
    'ada@mills.invalid',
    'ada@mills.local',
    'ad\ufffda@mills.example',
    `${'a'.repeat(65)}@mills.example`,
    `ada@${'b'.repeat(64)}.example`,
    `ada@${'b.'.repeat(130)}example`,
    'a'.repeat(3000),
  ])('A18: finds in %j no address that can be mailed to', (text) => {
    expect(emailAddressOf(text)).toBeUndefined();
  });
});

describe('isPlaceholderAddress', () => {
  it.each([
    'a@a.com',
    'A@A.de',
    'x@x.x.example',
    'noemail@mills.example',
    'no-email@mills.example',
    'no.email123@mills.example',
    'keine@angabe.example',
    'test@test.de',
    'TEST@testing.com',
    'test@example.com',
    'asdf@asdf.com',
    'xxx@mills.example',
    'noreply@mills.example',
    'foo@bar.com',
    'mailto:a@a.com',
  ])('K5b: knows %j', (text) => {
    expect(isPlaceholderAddress(text)).toBe(true);
  });

  it.each([
    'ada@mills.example',
    'a@mills.example',
    'test@mills.example',
    'info@info.example',
    'mail@mills.example',
    'nora@mills.example',
    'a@b.example',
    'no',
  ])('takes %j for an address', (text) => {
    expect(isPlaceholderAddress(text)).toBe(false);
  });
});
