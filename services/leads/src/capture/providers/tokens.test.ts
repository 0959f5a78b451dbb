import { toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { deliveryOf } from '../../testing/senders/delivery.ts';
import { ada, encode } from '../../testing/senders/sender.ts';
import { signingSenders } from '../../testing/senders/signing-senders.ts';
import { tokenSenders } from '../../testing/senders/token-senders.ts';
import type { Delivery } from './provider.ts';
import { providers } from './providers.ts';

const now = toInstant('2026-03-02T09:00:00Z');
const secret = 'a-token-of-32-bytes-in-base64url';
const none = { signature: null, redirects: [] };
const titled = (use: string) =>
  tokenSenders.filter(({ provider }) => providers[provider].secret.use === use).map((sender) => ({ title: sender.title, sender }));
const good = (sender: (typeof tokenSenders)[number]) => deliveryOf(sender, { secret, at: Date.parse(now) });

describe.each(titled('token'))('the token of $title', ({ sender }) => {
  const isGenuine = (delivery: Delivery, secrets: readonly string[] = [secret]) =>
    providers[sender.provider].isGenuine(delivery, secrets, none, now);
  const bare: Delivery = { ...good(sender), query: {}, headers: { 'content-type': 'text/plain' } };
  const places = (token: string): readonly Delivery[] => [
    { ...bare, query: { token } },
    { ...bare, headers: { authorization: `Bearer ${token}` } },
    { ...bare, headers: { 'x-webhook-token': token } },
  ];

  it('is accepted in the URL, as a bearer token or in its own header, for any valid secret', () => {
    expect(isGenuine(good(sender))).toBe(true);
    expect(places(secret).map((delivery) => isGenuine(delivery))).toEqual([true, true, true]);
    expect(places(secret).map((delivery) => isGenuine(delivery, ['the-one-before-this', secret]))).toEqual([true, true, true]);
  });

  it('is refused if it is missing, empty, truncated, longer or differs in one character', () => {
    expect(isGenuine(bare)).toBe(false);
    for (const wrong of ['', secret.slice(0, -1), `${secret}x`, secret.toUpperCase(), `b${secret.slice(1)}`])
      expect(places(wrong).map((delivery) => isGenuine(delivery))).toEqual([false, false, false]);
  });

  it('is never accepted without a secret or with an empty one', () => {
    for (const secrets of [[], ['']])
      expect([...places(''), ...places(secret), bare].some((delivery) => isGenuine(delivery, secrets))).toBe(false);
  });
});

describe.each(titled('key'))('the key in the body of $title', ({ sender }) => {
  const bodyWith = (key: unknown): Delivery => ({
    ...good(sender),
    bytes: encode('json', sender.contentOf(ada, secret, { google_key: key })),
  });
  const isGenuine = (delivery: Delivery, secrets: readonly string[] = [secret]) =>
    providers[sender.provider].isGenuine(delivery, secrets, none, now);

  it('is accepted for any valid secret', () => {
    expect(isGenuine(good(sender))).toBe(true);
    expect(isGenuine(good(sender), ['the-one-before-this', secret])).toBe(true);
  });

  it('is refused if it is missing, truncated, of another type, or in an unreadable body', () => {
    for (const wrong of [undefined, null, '', secret.slice(0, -1), `${secret}x`, { key: secret }, [secret], 1])
      expect(isGenuine(bodyWith(wrong))).toBe(false);
    expect(isGenuine({ ...good(sender), bytes: good(sender).bytes.subarray(0, -1) })).toBe(false);
    for (const secrets of [[], ['']]) expect(isGenuine(bodyWith(''), secrets)).toBe(false);
  });

  it('is not stored, and numbers beyond 2^53 stay exact', async () => {
    const bytes = Buffer.from(
      `{"google_key":"${secret}","google_key":"${secret}","lead_id":"l1","campaign_id":9007199254740993,"gcl_id":"x"}`,
    );
    const [part] = await providers['google-ads'].parts({ ...good(sender), bytes }, none, now);
    expect(Buffer.from(part?.bytes ?? []).toString()).toBe('{"lead_id":"l1","campaign_id":"9007199254740993","gcl_id":"x"}');
    expect(part?.id).toBe('l1');
  });
});

describe('A20: a copy of the key deeper in the body', () => {
  it('is not stored either, whatever holds it', async () => {
    const [sender] = tokenSenders.filter(({ provider }) => provider === 'google-ads').map((one) => good(one));
    if (sender === undefined) throw new Error('google-ads: has no sender');
    const body = { google_key: secret, lead_id: 'l1', debug: { google_key: 'old-key', list: [`key=${secret}`, { [secret]: 1 }] } };
    const [part] = await providers['google-ads'].parts({ ...sender, bytes: Buffer.from(JSON.stringify(body)) }, none, now);
    const kept = Buffer.from(part?.bytes ?? []).toString();
    expect(kept).toBe('{"lead_id":"l1","debug":{"google_key":"***","list":["key=***",{"***":1}]}}');
  });
});

describe('a webhook created in Webflow’s dashboard', () => {
  it('is not signed and carries the secret in its URL', () => {
    const [webflow] = signingSenders
      .filter(({ provider }) => provider === 'webflow')
      .map((sender) => deliveryOf(sender, { secret, at: Date.parse(now) }));
    const unsigned: Delivery = { method: 'POST', url: '', headers: {}, query: {}, bytes: webflow?.bytes ?? new Uint8Array() };
    expect(providers.webflow.isGenuine({ ...unsigned, query: { token: secret } }, [secret], none, now)).toBe(true);
    expect(providers.webflow.isGenuine(unsigned, [secret], none, now)).toBe(false);
  });
});
