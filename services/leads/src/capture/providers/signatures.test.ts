import { hmacScheme } from '@meilenstein/contracts';
import { addMillis, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { deliveryOf } from '../../testing/senders/delivery.ts';
import { opensslHash, opensslHmac } from '../../testing/senders/openssl.ts';
import type { Sender } from '../../testing/senders/sender.ts';
import { signingSenders } from '../../testing/senders/signing-senders.ts';
import { thinSenders } from '../../testing/senders/thin-senders.ts';
import type { Delivery } from './provider.ts';
import { providers } from './providers.ts';

const now = toInstant('2026-03-02T09:00:00Z');
const at = Date.parse(now);
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const schemes = [...signingSenders, ...thinSenders].map((sender) => ({ title: sender.title, sender }));
const timed = schemes.filter(({ sender }) =>
  Object.values(sender.sign({ secret, at, url: '', id: 'd', bytes: new Uint8Array() }).headers).some((value) => /\b17724/.test(value)),
);

const settingsOf = (sender: Sender) => ({
  signature: sender.provider === 'generic-hmac' ? hmacScheme.parse(sender.settings['signature']) : null,
  redirects: [],
});
const isGenuine = (sender: Sender, delivery: Delivery, about: { secrets?: readonly string[]; now?: typeof now } = {}): boolean =>
  providers[sender.provider].isGenuine(delivery, about.secrets ?? [secret], settingsOf(sender), about.now ?? now);

const isSignature = (name: string): boolean => /signature(-256|-v3)?$/.test(name);
const withSignature = (delivery: Delivery, change: (value: string) => string): Delivery => ({
  ...delivery,
  headers: Object.fromEntries(Object.entries(delivery.headers).map(([name, value]) => [name, isSignature(name) ? change(value) : value])),
});

describe.each(schemes)('a signature of $title, made by openssl', ({ sender }) => {
  const good = deliveryOf(sender, { secret, at });

  it('is accepted with any of the valid secrets', () => {
    expect(isGenuine(sender, good)).toBe(true);
    expect(isGenuine(sender, good, { secrets: ['whsec_b3RoZXI=', secret] })).toBe(true);
    expect(isGenuine(sender, good, { secrets: [secret, 'whsec_b3RoZXI='] })).toBe(true);
    expect(isGenuine(sender, good, { secrets: ['whsec_b3RoZXI='] })).toBe(false);
  });

  it('is never accepted without a secret or with an empty one', () => {
    const empty = deliveryOf(sender, { secret: '', at });
    for (const secrets of [[], [''], ['', '']]) {
      expect(isGenuine(sender, empty, { secrets })).toBe(false);
      expect(isGenuine(sender, good, { secrets })).toBe(false);
    }
  });

  it('needs each of its headers', () => {
    const names = Object.keys(good.headers).filter((name) => name !== 'content-type');
    expect(names).not.toEqual([]);
    for (const name of names) {
      const { [name]: _gone, ...others } = good.headers;
      expect(isGenuine(sender, { ...good, headers: others })).toBe(false);
      expect(isGenuine(sender, { ...good, headers: { ...good.headers, [name]: '' } })).toBe(false);
    }
  });

  it('is refused if it is truncated, longer or in another case', () => {
    const changes = [
      (value: string) => value.slice(0, -1),
      (value: string) => value.slice(0, value.length / 2),
      (value: string) => `${value}0`,
      (value: string) => value.toUpperCase(),
      (value: string) => value.slice(0, 8),
      () => '',
    ];
    for (const change of changes) expect(isGenuine(sender, withSignature(good, change))).toBe(false);
  });

  it('is accepted after an unknown version only if the scheme has several versions', () => {
    const several: Readonly<Record<string, string>> = { 'Standard Webhooks': 'v2,xyz ', Svix: 'v2,xyz ', Calendly: 'v0=xyz,' };
    const before = several[sender.title] ?? 'v2=xyz,';
    expect(
      isGenuine(
        sender,
        withSignature(good, (value) => `${before}${value}`),
      ),
    ).toBe(sender.title in several);
  });

  it('uses the secret as it was given; only Standard Webhooks strips the prefix', () => {
    const bare = secret.slice('whsec_'.length);
    const standard = sender.provider === 'standard-webhooks';
    expect(isGenuine(sender, good, { secrets: [bare] })).toBe(standard);
    expect(isGenuine(sender, deliveryOf(sender, { secret: bare, at }))).toBe(standard);
  });

  it('covers an empty body', () => {
    const empty = new Uint8Array();
    expect(isGenuine(sender, deliveryOf(sender, { secret, at, bytes: empty }))).toBe(true);
    expect(isGenuine(sender, { ...good, bytes: empty })).toBe(false);
  });

  it('is refused if one byte of the body differs', () => {
    for (const index of [0, Math.floor(good.bytes.length / 2), good.bytes.length - 1]) {
      const bytes = Uint8Array.from(good.bytes);
      bytes[index] = (bytes[index] ?? 0) ^ 1;
      expect(isGenuine(sender, { ...good, bytes })).toBe(false);
    }
  });

  it('covers the raw bytes, whatever they are', () => {
    const bytes = new Uint8Array([0x7b, 0xff, 0x00]);
    expect(isGenuine(sender, deliveryOf(sender, { secret, at, bytes }))).toBe(true);
  });
});

describe('the timestamp of a signature', () => {
  it('exists in exactly these schemes', () => {
    expect(timed.map(({ title }) => title)).toEqual([
      'Standard Webhooks',
      'Svix',
      'a sender of its own scheme',
      'Webflow',
      'Calendly',
      'HubSpot, signed by v3',
    ]);
  });

  it.each(timed)('of $title may be off by at most five minutes', ({ sender }) => {
    const good = deliveryOf(sender, { secret, at });
    const fits = [-301, -300, -299, 0, 299, 300, 301].map((seconds) => isGenuine(sender, good, { now: addMillis(now, seconds * 1000) }));
    expect(fits).toEqual([false, true, true, true, true, true, false]);
  });

  it.each(timed)('of $title must be a number', ({ sender }) => {
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, -at])
      expect(isGenuine(sender, deliveryOf(sender, { secret, at: wrong }))).toBe(false);
  });
});

describe('the prefix of a signature', () => {
  it.each(schemes.filter(({ sender }) => ['typeform', 'framer', 'formstack', 'meta', 'generic-hmac'].includes(sender.provider)))(
    'of $title is required',
    ({ sender }) => {
      const good = deliveryOf(sender, { secret, at });
      expect(
        isGenuine(
          sender,
          withSignature(good, (value) => value.replace(/^(sha256=|hmac )/, '')),
        ),
      ).toBe(false);
    },
  );
});

describe('LinkedIn', () => {
  const linkedin = thinSenders.filter((sender) => sender.provider === 'linkedin');

  it.each(linkedin)('is accepted with its prefix before the signature', (sender) => {
    const good = deliveryOf(sender, { secret, at });
    expect(
      isGenuine(
        sender,
        withSignature(good, (value) => `hmacsha256=${value}`),
      ),
    ).toBe(true);
  });

  it.each(linkedin)('is accepted without its prefix in the signed text, but the answer to a handshake is no valid signature', (sender) => {
    const bare: Sender = { ...sender, sign: (about) => ({ headers: { 'x-li-signature': opensslHmac(about.secret, about.bytes) } }) };
    expect(isGenuine(bare, deliveryOf(bare, { secret, at }))).toBe(true);
    const challengeCode = '890e4665-4dfe-4ab1-b689-ed553bceeed0';
    const answer = providers.linkedin.answerHandshake?.({ challengeCode }, [secret]);
    const { challengeResponse } = JSON.parse(answer?.body ?? '{}');
    expect(challengeResponse).toBe(opensslHmac(secret, challengeCode));
    const forged = { ...deliveryOf(bare, { secret, at, bytes: Buffer.from(challengeCode) }) };
    expect(forged.headers['x-li-signature']).toBe(challengeResponse);
    expect(isGenuine(bare, forged)).toBe(false);
  });
});

describe('a published signature vector', () => {
  const from = (about: Partial<Delivery>): Delivery => ({
    method: 'POST',
    url: '',
    query: {},
    headers: {},
    bytes: new Uint8Array(),
    ...about,
  });
  const none = { signature: null, redirects: [] };
  const hubspotSecret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';

  it('of X-Hub-Signature-256 is accepted as Meta’s', () => {
    const headers = { 'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17' };
    const delivery = from({ headers, bytes: Buffer.from('Hello, World!') });
    expect(providers.meta.isGenuine(delivery, ["It's a Secret to Everybody"], none, now)).toBe(true);
  });

  it('of HubSpot’s v2 for a GET is accepted', () => {
    const signature = 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e';
    const headers = { 'x-hubspot-signature-version': 'v2', 'x-hubspot-signature': signature };
    const delivery = from({ method: 'GET', url: 'https://www.example.com/webhook_uri', headers });
    expect(providers.hubspot.isGenuine(delivery, [hubspotSecret], none, now)).toBe(true);
    expect(opensslHash(`${hubspotSecret}GET${delivery.url}`)).toBe(signature);
  });

  it('of HubSpot’s v1 is accepted, and an unknown version is refused', () => {
    const bytes = Buffer.from(
      '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]',
    );
    const signature = '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de';
    const fits = (version: string) => {
      const headers = { 'x-hubspot-signature-version': version, 'x-hubspot-signature': signature };
      return providers.hubspot.isGenuine(from({ headers, bytes }), [hubspotSecret], none, now);
    };
    expect(['v1', 'v2', 'v3', 'v9', ''].map(fits)).toEqual([true, false, false, false, false]);
  });
});

describe('HubSpot', () => {
  it.each(thinSenders.filter(({ title }) => title.endsWith('v3')))('signs the URL with some characters decoded', (sender) => {
    const url = 'https://api.example.com/webhooks/source?a=1%3A2%2F3&b=%25';
    const delivery = deliveryOf(sender, { secret, at, url: 'https://api.example.com/webhooks/source?a=1:2/3&b=%25' });
    expect(isGenuine(sender, { ...delivery, url })).toBe(true);
    expect(isGenuine(sender, { ...delivery, url: `${url}&c=1` })).toBe(false);
  });

  it.each(thinSenders.filter(({ title }) => title.endsWith('v3')))(
    'is refused with a valid older signature if the newest one is wrong',
    (sender) => {
      const good = deliveryOf(sender, { secret, at });
      const older = {
        'x-hubspot-signature-version': 'v1',
        'x-hubspot-signature': opensslHash(Buffer.concat([Buffer.from(secret), good.bytes])),
      };
      const broken = withSignature(good, (value) => value.slice(1));
      expect(isGenuine(sender, { ...broken, headers: { ...broken.headers, ...older } })).toBe(false);
    },
  );
});
