import { createHmac, timingSafeEqual } from 'node:crypto';
import { epochMillis, type Instant } from '@meilenstein/kernel';
import { depthOf } from '@meilenstein/runtime';
import { mapFields, type FieldMapping } from '../domain/map-fields.ts';
import type { Delivery, Provider, Reading } from './provider.ts';

/** A timestamp may be off by this much in either direction; exactly five minutes still count. */
const toleranceMillis = 5 * 60_000;
const deepest = 64;
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
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(bytes).digest('base64')}`;
};

const sameBytes = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

const isFresh = (timestamp: string, now: Instant): boolean =>
  /^\d{1,12}$/.test(timestamp) && Math.abs(epochMillis(now) - Number(timestamp) * 1000) <= toleranceMillis;

const isGenuine = ({ bytes, headers }: Delivery, secrets: readonly string[], now: Instant): boolean => {
  const id = headers['webhook-id'] ?? '';
  const timestamp = headers['webhook-timestamp'] ?? '';
  // Several secrets and several versions may sign at once; what is not v1 is skipped.
  const given = (headers['webhook-signature'] ?? '').split(' ').filter((signature) => signature.startsWith('v1,'));
  if (id === '' || !isFresh(timestamp, now)) return false;
  return secrets
    .filter((secret) => keyOf(secret) !== undefined)
    .map((secret) => standardSignature(secret, { id, timestamp }, bytes))
    .some((expected) => given.some((signature) => sameBytes(signature, expected)));
};

const parsed = (bytes: Uint8Array): { readonly value: unknown } | { readonly quarantine: string } => {
  if (bytes.includes(0)) return { quarantine: 'text-holds-nul' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { quarantine: 'text-is-not-utf-8' };
  }
  // Before parsing: a parser may recurse.
  if (depthOf(text) > deepest) return { quarantine: 'body-is-too-deep' };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { quarantine: 'body-is-not-json' };
  }
};

/** Reads a JSON body by the source's mapping; shared by the schemes that deliver JSON. */
export const readJson = (bytes: Uint8Array, mapping: FieldMapping): Reading => {
  const body = parsed(bytes);
  if ('quarantine' in body) return body;
  if (typeof body.value !== 'object' || body.value === null) return { quarantine: 'body-is-no-object' };
  return mapFields(body.value, mapping);
};

/** Standard Webhooks: headers `webhook-id`, `webhook-timestamp`, `webhook-signature`; the id names the delivery. */
export const standardWebhooks: Provider = {
  signs: true,
  isGenuine,
  deliveryId: ({ headers }) => headers['webhook-id'] ?? '',
  read: (bytes, _contentType, { mapping }) => readJson(bytes, mapping),
  redirectOf: () => undefined,
};
