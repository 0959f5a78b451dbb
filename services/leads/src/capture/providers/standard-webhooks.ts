import type { HmacScheme } from '@meilenstein/contracts';
import { hmacSignature, isFresh, sameText } from './hmac.ts';
import type { Delivery, Provider } from './provider.ts';
import { asReceived, jsonBody, readWith } from './record-body.ts';

const scheme = {
  algorithm: 'sha256',
  encoding: 'base64',
  prefix: 'v1,',
  signed: '{id}.{timestamp}.{body}',
} as const satisfies Partial<HmacScheme>;
const window = { unit: 'seconds', toleranceSeconds: 300 } as const;
const secretPrefix = 'whsec_';

/** The key of a secret `whsec_<base64>`; the prefix may be missing. Undefined where nothing is left. */
const keyOf = (secret: string): Uint8Array | undefined => {
  const key = Buffer.from(secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : secret, 'base64');
  return key.length === 0 ? undefined : key;
};

/** `v1,<base64>` for `id.timestamp.rawBody`, as a sender makes it. */
export const standardSignature = (secret: string, { id, timestamp }: { id: string; timestamp: string }, bytes: Uint8Array): string => {
  const key = keyOf(secret);
  if (key === undefined) throw new RangeError('secret: is empty');
  return hmacSignature(key, scheme, { method: '', url: '', query: {}, headers: {}, bytes }, { id, timestamp });
};

/** Svix and its customers send the same three headers under other names. */
const headerOf = ({ headers }: Delivery, name: string): string => headers[`webhook-${name}`] ?? headers[`svix-${name}`] ?? '';

/** Standard Webhooks: the id identifies the delivery and stays the same in each retry; timestamp and signature are new. */
export const standardWebhooks: Provider = {
  secret: { from: 'us', use: 'signature' },
  isGenuine: (delivery, secrets, _settings, now) => {
    const id = headerOf(delivery, 'id');
    const timestamp = headerOf(delivery, 'timestamp');
    // Several secrets and versions may sign one delivery; anything other than v1 is skipped.
    const given = headerOf(delivery, 'signature')
      .split(' ')
      .filter((signature) => signature.startsWith('v1,'));
    if (id === '' || !isFresh(timestamp, window, now)) return false;
    return secrets
      .filter((secret) => keyOf(secret) !== undefined)
      .map((secret) => standardSignature(secret, { id, timestamp }, delivery.bytes))
      .some((expected) => given.some((signature) => sameText(signature, expected)));
  },
  parts: async (delivery) => [{ id: headerOf(delivery, 'id'), bytes: delivery.bytes }],
  read: readWith(jsonBody, asReceived),
};
