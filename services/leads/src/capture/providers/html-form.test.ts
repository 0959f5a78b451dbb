import { toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { htmlForm } from './html-form.ts';
import type { Delivery } from './provider.ts';

const now = toInstant('2026-03-02T09:00:00Z');
const contentType = 'application/x-www-form-urlencoded';
const none = { signature: null, redirects: [] };
const from = (body: string | Uint8Array, type = contentType): Delivery => ({
  method: 'POST',
  url: 'https://api.example/webhooks/source',
  query: {},
  headers: { 'content-type': type },
  bytes: Buffer.from(body),
});
const idOf = async (body: string | Delivery, at = now): Promise<string | undefined> =>
  (await htmlForm.parts(typeof body === 'string' ? from(body) : body, none, at))[0]?.id;
const read = (body: string, type = contentType) => htmlForm.read({ bytes: Buffer.from(body), contentType: type });

const multipart = (boundary: string, fields: Readonly<Record<string, string>>): Delivery => {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return from(`${parts.join('')}--${boundary}--\r\n`, `multipart/form-data; boundary=${boundary}`);
};

describe('a plain HTML form', () => {
  it('has the same delivery id for the same fields in another order', async () => {
    expect(await idOf('a=1&b=2')).toBe(await idOf('b=2&a=1'));
    expect(await idOf('a=1&b=2')).not.toBe(await idOf('a=1&b=3'));
  });

  it('has the same delivery id for the same fields with another multipart boundary', async () => {
    const ids = await Promise.all(['x', 'y'].map((boundary) => idOf(multipart(boundary, { a: '1', b: '2' }))));
    expect(new Set(ids).size).toBe(1);
  });

  it('has the same delivery id for ever with a nonce, and for one UTC day without', async () => {
    const tomorrow = toInstant('2026-03-03T09:00:00Z');
    expect(await idOf('a=1&_nonce=n', tomorrow)).toBe(await idOf('a=1&_nonce=n'));
    expect(await idOf('a=1', tomorrow)).not.toBe(await idOf('a=1'));
  });

  it('has different delivery ids for different contents with the same nonce', async () => {
    expect(await idOf('a=1&_id=n')).not.toBe(await idOf('a=2&_id=n'));
  });

  it('K6: keeps every value of a repeated field', async () => {
    expect(await read('email=a%40example.com&email=b%40example.com&Vorname=Ada&topic=&topic=cnc&topic=cnc')).toEqual({
      answers: { email: ['a@example.com', 'b@example.com'], Vorname: 'Ada', topic: 'cnc' },
    });
  });

  const latin = (text: string) => Buffer.from(text, 'latin1');

  it.each([
    ['in the content type', latin('name=M%FCller'), `${contentType}; charset=windows-1252`],
    ['in the field _charset_', latin('_charset_=windows-1252&name=M%FCller'), contentType],
    ['in the field _charset_ of raw bytes', latin('name=Müller&_charset_=ISO-8859-1'), contentType],
    ['nowhere, in UTF-8', Buffer.from('name=M%C3%BCller'), contentType],
    ['nowhere, in raw UTF-8', Buffer.from('name=Müller'), ''],
  ])('K1: is read in the charset that is declared %s', async (_where, bytes, type) => {
    expect(await htmlForm.read({ bytes, contentType: type })).toMatchObject({ answers: { name: 'Müller' } });
  });

  const part = (name: string, value: string, more = '') =>
    `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  const readParts = (body: string) => htmlForm.read({ bytes: latin(`${body}--x--\r\n`), contentType: 'multipart/form-data; boundary="x"' });

  it('K1: is read in the charset that a field or a part of a multipart form declares', async () => {
    expect(await readParts(part('_charset_', 'windows-1252') + part('Größe', 'Müller'))).toMatchObject({ answers: { Größe: 'Müller' } });
    const own = part('name', 'Müller', '\r\nContent-Type: text/plain; charset=ISO-8859-1');
    expect(await readParts(own)).toEqual({ answers: { name: 'Müller' } });
  });

  it('K1: is refused in a multipart form whose text is not UTF-8', async () => {
    expect(await readParts(part('name', 'Müller'))).toEqual({ quarantine: 'text-not-utf-8' });
    expect(await read('name=%FC&_charset_=klingon')).toEqual({ quarantine: 'charset-unknown' });
  });

  it('reads the parts of a multipart form as browsers write them', async () => {
    expect(
      await readParts(part('say %22yes%22', 'a\r\n--y\r\nb') + part('file', 'PDF', '; filename="offer.pdf"') + part('empty', '')),
    ).toEqual({
      answers: { 'say "yes"': 'a\r\n--y\r\nb', file: 'offer.pdf', empty: '' },
    });
    expect(await htmlForm.read({ bytes: latin(part('name', 'cut')), contentType: 'multipart/form-data; boundary=x' })).toEqual({
      quarantine: 'invalid-form',
    });
  });

  it('quarantines NUL characters, invalid UTF-8 and bodies that are not forms', async () => {
    expect(await read('email=a%40b.example&name=%00')).toEqual({ quarantine: 'nul-character' });
    expect(await read('email=a%40b.example&name=%ff')).toEqual({ quarantine: 'text-not-utf-8' });
    expect(await read('{"email":"a@b.example"}', 'application/json')).toEqual({ quarantine: 'content-type-not-supported' });
    expect(await read('--x', 'multipart/form-data; boundary=x')).toEqual({ quarantine: 'invalid-form' });
    expect(await read(Array.from({ length: 1001 }, (_, n) => `f${n}=1`).join('&'))).toEqual({ quarantine: 'too-many-fields' });
  });

  it('redirects the browser only to an allowed page, and nowhere if none is allowed', async () => {
    const redirects = ['https://shop.example/thanks', 'https://shop.example/danke'];
    const to = (wanted: string) =>
      htmlForm.redirectOf?.(from(new URLSearchParams({ _redirect: wanted }).toString()), { ...none, redirects });
    expect(await to('https://shop.example/danke')).toBe(redirects[1]);
    expect(await to('https://evil.example/')).toBe(redirects[0]);
    expect(await htmlForm.redirectOf?.(from('_redirect=https%3A%2F%2Fevil.example'), none)).toBeUndefined();
  });
});
