import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declaredCharset, decodeText, hasHalfPair, readableText } from './decode-text.ts';

const latin = Uint8Array.from([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]);

describe('decodeText', () => {
  it('K1: reads a text in the declared charset, by whatever name of it', () => {
    for (const name of ['windows-1252', 'CP1252', 'iso-8859-1', ' Latin1 ']) expect(decodeText(latin, name)).toEqual({ text: 'Müller' });
    expect(decodeText(Uint8Array.of(0x80), 'iso-8859-1')).toEqual({ text: '€' });
  });

  it('K1: refuses what is not UTF-8 if nothing else is declared', () => {
    expect(decodeText(latin)).toEqual({ fault: 'text-not-utf-8' });
    expect(decodeText(latin, 'utf8')).toEqual({ fault: 'text-not-utf-8' });
  });

  it('K1: refuses what the declared charset cannot have written, and a charset that nobody knows', () => {
    expect(decodeText(Uint8Array.of(0x81, 0xff), 'shift_jis')).toEqual({ fault: 'text-not-in-charset' });
    expect(decodeText(latin, 'klingon')).toEqual({ fault: 'charset-unknown' });
  });

  it('K1: believes a byte-order mark more than what is declared, and leaves it out of the text', () => {
    expect(decodeText(Buffer.from('\ufeffMüller'), 'windows-1252')).toEqual({ text: 'Müller' });
    expect(decodeText(Buffer.from('\ufeffMüller', 'utf16le'))).toEqual({ text: 'Müller' });
    expect(decodeText(Buffer.from('\ufeffMüller', 'utf16le').swap16())).toEqual({ text: 'Müller' });
  });

  it('K1: gives back every text that was written in UTF-8, and never replaces a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.startsWith('\ufeff'));
        expect(decodeText(Buffer.from(text))).toEqual({ text });
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const decoded = decodeText(bytes, 'utf-8');
        fc.pre('text' in decoded && ![0xef, 0xff, 0xfe].includes(bytes[0] ?? 0));
        expect(Buffer.from('text' in decoded ? decoded.text : '')).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('K1: shows a person what cannot be decoded in the charset of western Windows', () => {
    expect(readableText(latin)).toBe('Müller');
    expect(readableText(Buffer.from('Müller'))).toBe('Müller');
  });

  it.each([
    ['text/plain; charset=ISO-8859-1', 'ISO-8859-1'],
    ['text/plain;Charset="utf-8" ; x=y', 'utf-8'],
    ['text/plain; charset=', undefined],
    ['text/plain', undefined],
  ])('finds the charset that %j declares', (contentType, charset) => {
    expect(declaredCharset(contentType)).toBe(charset);
  });
});

describe('hasHalfPair', () => {
  it('finds half a surrogate pair in any text or name of a document', () => {
    expect(['"\\ud800"', '{"a":["b\\udfff"]}', '{"\\ud800":1}'].map((json) => hasHalfPair(JSON.parse(json)))).toEqual([true, true, true]);
    expect(hasHalfPair(JSON.parse('{"a":["\\ud83d\\ude00",1,null]}'))).toBe(false);
  });
});
