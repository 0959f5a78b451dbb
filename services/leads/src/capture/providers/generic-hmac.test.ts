import { hmacScheme } from '@meilenstein/contracts';
import { toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { opensslHmac } from '../../testing/senders/openssl.ts';
import { genericHmac } from './generic-hmac.ts';
import type { Delivery } from './provider.ts';

const now = toInstant('2026-03-02T09:00:00Z');
const secret = 'a secret, as they call it';
const bytes = Buffer.from('{"email":"ada.byron@example.com"}');
const delivery = (headers: Readonly<Record<string, string>>): Delivery => ({
  method: 'POST',
  url: 'https://api.example.com/webhooks/source?a=1',
  query: {},
  headers,
  bytes,
});
const settingsOf = (scheme: unknown) => ({ signature: hmacScheme.parse(scheme), redirects: [] });
const base = { algorithm: 'sha256', encoding: 'hex', header: 'X-Signature' } as const;

describe('a signature scheme that a source describes', () => {
  it.each(
    (['sha1', 'sha256', 'sha512'] as const).flatMap((algorithm) =>
      (['hex', 'base64'] as const).flatMap((encoding) => ['', 'v0='].map((prefix) => ({ algorithm, encoding, prefix }))),
    ),
  )('verifies $algorithm in $encoding after the prefix "$prefix"', ({ prefix, ...how }) => {
    const settings = settingsOf({ ...how, prefix, header: 'X-Signature' });
    const signature = `${prefix}${opensslHmac(secret, bytes, how)}`;
    expect(genericHmac.isGenuine(delivery({ 'x-signature': signature }), [secret], settings, now)).toBe(true);
    expect(genericHmac.isGenuine(delivery({ 'x-signature': `${signature}=` }), [secret], settings, now)).toBe(false);
    expect(genericHmac.isGenuine(delivery({ 'x-other': signature }), [secret], settings, now)).toBe(false);
  });

  it.each([
    ['{body}', bytes.toString()],
    ['{method}\n{url}\n{body}', `POST\nhttps://api.example.com/webhooks/source?a=1\n${bytes.toString()}`],
    ['v0:{timestamp}:{body}', `v0:1772442000:${bytes.toString()}`],
    ['{id}.{timestamp}.{body}.{id}', `d1.1772442000.${bytes.toString()}.d1`],
  ])('verifies the signed text "%s"', (signed, text) => {
    const settings = settingsOf({ ...base, signed, timestamp: { header: 'X-At', unit: 'seconds' }, idHeader: 'X-Id' });
    const headers = { 'x-signature': opensslHmac(secret, text), 'x-at': '1772442000', 'x-id': 'd1' };
    expect(genericHmac.isGenuine(delivery(headers), [secret], settings, now)).toBe(true);
    expect(genericHmac.isGenuine(delivery({ ...headers, 'x-at': '1772442001' }), [secret], settings, now)).toBe(
      !signed.includes('{timestamp}'),
    );
  });

  it('checks the time window even if the time is not part of the signed text', () => {
    const settings = settingsOf({ ...base, timestamp: { header: 'X-At', unit: 'milliseconds', toleranceSeconds: 60 } });
    const at = (time: number) => delivery({ 'x-signature': opensslHmac(secret, bytes), 'x-at': String(time) });
    const fits = [-60_001, -60_000, 60_000, 60_001].map((off) => genericHmac.isGenuine(at(Date.parse(now) + off), [secret], settings, now));
    expect(fits).toEqual([false, true, true, false]);
  });

  it('does not expand placeholders inside the sent body', () => {
    const settings = settingsOf({ ...base, signed: '{id}{body}', idHeader: 'X-Id' });
    const headers = { 'x-signature': opensslHmac(secret, `{url}${bytes.toString()}`), 'x-id': '{url}' };
    expect(genericHmac.isGenuine(delivery(headers), [secret], settings, now)).toBe(true);
  });

  it('accepts nothing without a description', () => {
    expect(
      genericHmac.isGenuine(delivery({ 'x-signature': opensslHmac(secret, bytes) }), [secret], { signature: null, redirects: [] }, now),
    ).toBe(false);
  });

  it.each(['{timestamp}', '{body}{body}', '{body}{secret}', '{body}}'])('refuses the template "%s"', (signed) => {
    expect(hmacScheme.safeParse({ ...base, signed }).success).toBe(false);
  });

  it('takes the delivery id from the header, or else from the content', async () => {
    const named = settingsOf({ ...base, signed: '{id}.{body}', idHeader: 'X-Id' });
    const idOf = async (headers: Readonly<Record<string, string>>) => (await genericHmac.parts(delivery(headers), named, now))[0]?.id;
    expect(await idOf({ 'x-id': 'd1' })).toBe('d1');
    expect(await idOf({})).toMatch(/^[0-9a-f]{64}$/);
  });

  it('takes the delivery id from the content if the header with the id is not signed', async () => {
    const unsigned = settingsOf({ ...base, idHeader: 'X-Id' });
    const idOf = async (id: string) => (await genericHmac.parts(delivery({ 'x-id': id }), unsigned, now))[0]?.id;
    expect(await idOf('d1')).toMatch(/^[0-9a-f]{64}$/);
    expect(await idOf('d1')).toBe(await idOf('d2'));
  });
});
