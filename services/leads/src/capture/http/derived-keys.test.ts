import { toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory } from '../../testing/leads-in-memory.ts';
import { deliveryOf } from '../../testing/senders/delivery.ts';
import type { Sender } from '../../testing/senders/sender.ts';
import { signingSenders } from '../../testing/senders/signing-senders.ts';
import { thinSenders } from '../../testing/senders/thin-senders.ts';
import { derivedDigest } from '../providers/derived-digest.ts';
import { stampOf } from '../providers/stamp.ts';
import { providers } from '../providers/providers.ts';
import { hmacScheme } from '@meilenstein/contracts';

const start = '2026-03-02T09:00:00.000Z';
const at = Date.parse(start);
const ourSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const senders: readonly Sender[] = [
  ...signingSenders,
  ...thinSenders,
  {
    ...signingSenders[2],
    title: 'a sender that signs the body alone',
    provider: 'generic-hmac',
    settings: { signature: { algorithm: 'sha256', encoding: 'hex', header: 'x-signature' } },
    encoding: 'json',
    contentOf: () => ({}),
    sign: () => ({ headers: { 'x-signature': '' } }),
  },
];

/** Every text that the sender might have signed for this digest, and the digest in each encoding, before it and after. */
const attempts = (sender: Sender, text: string, digest: string) => {
  const raw = Buffer.from(digest, 'base64url');
  const genuine = deliveryOf(sender, { secret: 'other-secret', at });
  const names = Object.keys(genuine.headers).filter((name) => name !== 'content-type');
  const signatures = ['hex', 'base64', 'base64url'].flatMap((encoding) => {
    const written = encoding === 'hex' ? raw.toString('hex') : encoding === 'base64' ? raw.toString('base64') : digest;
    return [written, `sha256=${written}`, `hmac ${written}`, `v1,${written}`, `t=${Math.floor(at / 1000)},v1=${written}`];
  });
  const bodies = [text, text.slice(0, -1), `stamp.${text}`, ''];
  return bodies.flatMap((body) =>
    signatures.map((signature) => ({
      ...genuine,
      bytes: Buffer.from(body),
      headers: {
        ...genuine.headers,
        ...Object.fromEntries(names.filter((name) => /signature(-256|-v3)?$/.test(name)).map((name) => [name, signature])),
        'framer-webhook-submission-id': text.slice(-1),
      },
    })),
  );
};

describe('a key derived from a secret for one use', () => {
  it.each(senders.map((sender) => ({ title: sender.title, sender })))('never verifies as a signature of $title', ({ sender }) => {
    const now = toInstant(start);
    const signature = sender.provider === 'generic-hmac' ? hmacScheme.parse(sender.settings['signature']) : null;
    const shown: readonly (readonly [text: string, digest: string])[] = [
      [String(at), stampOf(ourSecret, now).split('.')[1] ?? ''],
      ['203.0.113', derivedDigest(ourSecret, 'network', '203.0.113')],
      ['verify-token', providers.meta.verifyToken?.(ourSecret) ?? ''],
    ];
    for (const [text, digest] of shown) {
      expect(digest).toMatch(/^[\w-]{43}$/);
      for (const delivery of attempts(sender, text, digest))
        expect(providers[sender.provider].isGenuine(delivery, [ourSecret], { signature, redirects: [] }, now)).toBe(false);
    }
  });

  it('differs by use, by secret and by text', () => {
    const digests = (['stamp', 'network', 'verify-token'] as const).flatMap((purpose) =>
      ['one', 'two'].flatMap((secret) => ['a', 'b'].map((text) => derivedDigest(secret, purpose, text))),
    );
    expect(new Set(digests).size).toBe(12);
  });
});

describe('the stamp route', () => {
  it('returns a stamp only for forms that use one, and answers 404 for any other source', async () => {
    const leads = leadsInMemory(start);
    const form = await leads.register('html-form');
    const stamp = (sourceId: string) => leads.post('GET /webhooks/{sourceId}/stamp', { path: { sourceId } });
    expect(z.object({ stamp: z.string() }).parse((await stamp(form.id)).json).stamp).toMatch(/^\d+\.[\w-]{43}$/);
    const unknown = await stamp('nowhere');
    for (const sender of [...signingSenders, ...thinSenders]) {
      const { id } = await leads.register(sender.provider, { ...sender.settings, secret: ourSecret });
      expect(await stamp(id)).toEqual({ ...unknown, headers: { ...unknown.headers, 'x-request-id': expect.any(String) } });
    }
    for (const provider of ['jotform', 'gravity-forms', 'contact-form-7', 'wpforms', 'google-ads'] as const)
      expect((await stamp((await leads.register(provider)).id)).status).toBe(404);
  });
});
