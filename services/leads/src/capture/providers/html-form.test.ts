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

  it('keeps the first value of a repeated field', async () => {
    expect(await read('email=a%40example.com&email=b%40example.com&Vorname=Ada')).toEqual({
      answers: { email: 'a@example.com', Vorname: 'Ada' },
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
