import { addMillis, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { standardSignature, standardWebhooks } from './standard-webhooks.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const timestamp = '1614265330';
const bytes = Buffer.from('{"test": 2432232314}');
const published = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const sentAt = toInstant(1614265330_000);

const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': published };
const envelope = { method: 'POST', url: 'https://api.example/webhooks/source', query: {} };
const none = { signature: null, redirects: [] };
const isGenuine = (
  about: { headers?: Record<string, string>; bytes?: Uint8Array; secrets?: readonly string[]; now?: typeof sentAt } = {},
) =>
  standardWebhooks.isGenuine(
    { ...envelope, bytes: about.bytes ?? bytes, headers: { ...headers, ...about.headers } },
    about.secrets ?? [secret],
    none,
    about.now ?? sentAt,
  );

describe('a signature of Standard Webhooks', () => {
  it('equals the published vector', () => {
    expect(standardSignature(secret, { id, timestamp }, bytes)).toBe(published);
    expect(isGenuine()).toBe(true);
  });

  it('is accepted for the secret with and without its prefix', () => {
    expect(isGenuine({ secrets: [secret.slice('whsec_'.length)] })).toBe(true);
  });

  it('is accepted if any of the secrets made it', () => {
    expect(isGenuine({ secrets: ['whsec_AAAA', secret] })).toBe(true);
    expect(isGenuine({ secrets: ['whsec_AAAA'] })).toBe(false);
  });

  it('is found after an unknown version and among several', () => {
    expect(isGenuine({ headers: { 'webhook-signature': `v2,xyz v1a,abc v1,AAAA ${published}` } })).toBe(true);
    expect(isGenuine({ headers: { 'webhook-signature': published.replace('v1,', 'v2,') } })).toBe(false);
  });

  it('is never made with an empty secret or with none', () => {
    for (const secrets of [[], [''], ['whsec_']]) expect(isGenuine({ secrets })).toBe(false);
  });

  it.each(Object.keys(headers))('needs the header %s', (name) => {
    expect(isGenuine({ headers: { [name]: '' } })).toBe(false);
    const { [name]: _gone, ...others } = Object.fromEntries(Object.entries(headers));
    expect(standardWebhooks.isGenuine({ ...envelope, bytes, headers: others }, [secret], none, sentAt)).toBe(false);
  });

  it.each(['1614265330abc', '', '-1614265330', '1614265330.0', '0x60379', '1e9', ' 1614265330'])(
    'needs a timestamp of digits only, not "%s"',
    (wrong) => {
      const signature = standardSignature(secret, { id, timestamp: wrong }, bytes);
      expect(isGenuine({ headers: { 'webhook-timestamp': wrong, 'webhook-signature': signature } })).toBe(false);
    },
  );

  it.each([
    [-301, false],
    [-300, true],
    [-299, true],
    [299, true],
    [300, true],
    [301, false],
  ])('made %i seconds from now is accepted: %s', (seconds, genuine) => {
    expect(isGenuine({ now: addMillis(sentAt, seconds * 1000) })).toBe(genuine);
  });

  it('is refused if it is truncated, longer or in another case', () => {
    for (const wrong of [published.slice(0, -1), `${published}=`, published.slice(0, 10), 'v1,', 'v1', published.toUpperCase()])
      expect(isGenuine({ headers: { 'webhook-signature': wrong } })).toBe(false);
  });

  it('is refused if one byte of the body, the id or the time differs', () => {
    expect(isGenuine({ bytes: Buffer.from('{"test": 2432232315}') })).toBe(false);
    expect(isGenuine({ headers: { 'webhook-id': `${id}x` } })).toBe(false);
    expect(isGenuine({ headers: { 'webhook-timestamp': '1614265331' } })).toBe(false);
  });

  it('covers an empty body', () => {
    const empty = new Uint8Array();
    expect(isGenuine({ bytes: empty })).toBe(false);
    const signature = standardSignature(secret, { id, timestamp }, empty);
    expect(isGenuine({ bytes: empty, headers: { 'webhook-signature': signature } })).toBe(true);
  });

  it('covers the raw bytes, whatever they are', () => {
    const raw = new Uint8Array([0xff, 0x00, 0x7b]);
    const signature = standardSignature(secret, { id, timestamp }, raw);
    expect(isGenuine({ bytes: raw, headers: { 'webhook-signature': signature } })).toBe(true);
  });
});
