import { createHash, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { HmacScheme } from '@meilenstein/contracts';
import { epochMillis, type Instant } from '@meilenstein/kernel';
import type { Delivery, Provider } from './provider.ts';

/** Compares texts in constant time. An empty text equals nothing. */
export const sameText = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length > 0 && left.length === right.length && timingSafeEqual(left, right);
};

/** A timestamp of digits only that is off by the tolerance at most, in either direction; exactly the tolerance still counts. */
export const isFresh = (
  timestamp: string,
  { unit, toleranceSeconds }: { readonly unit: 'seconds' | 'milliseconds'; readonly toleranceSeconds: number },
  now: Instant,
): boolean =>
  /^\d{1,15}$/.test(timestamp) &&
  Math.abs(epochMillis(now) - Number(timestamp) * (unit === 'seconds' ? 1000 : 1)) <= toleranceSeconds * 1000;

/** The bytes that a scheme signs: its template with the delivery's own bytes in the place of `{body}`. */
const signedBytes = (template: string, delivery: Delivery, texts: Readonly<Record<string, string>>): Uint8Array => {
  const [before = '', after = ''] = template.split('{body}');
  const filled = (text: string): string => text.replace(/\{(timestamp|id|method|url)\}/g, (_, name: string) => texts[name] ?? '');
  return Buffer.concat([Buffer.from(filled(before)), delivery.bytes, Buffer.from(filled(after))]);
};

/** The signature that a sender who knows the secret makes, with the scheme's prefix. */
export const hmacSignature = (
  secret: string | Uint8Array,
  scheme: Pick<HmacScheme, 'algorithm' | 'encoding' | 'prefix' | 'signed'>,
  delivery: Delivery,
  texts: { readonly timestamp?: string; readonly id?: string } = {},
): string => {
  const bytes = signedBytes(scheme.signed, delivery, { ...texts, method: delivery.method, url: delivery.url });
  // For a key of bytes, Node takes longer to determine its type than for the whole digest, unless a key object is given.
  const key = typeof secret === 'string' ? secret : createSecretKey(secret);
  return `${scheme.prefix}${createHmac(scheme.algorithm, key).update(bytes).digest(scheme.encoding)}`;
};

const headerOf = ({ headers }: Delivery, name: string): string => headers[name.toLowerCase()] ?? '';

/** Whether one of the secrets signed the delivery by the scheme. False if the delivery lacks anything that the scheme needs. */
export const isSigned = (scheme: HmacScheme, delivery: Delivery, secrets: readonly string[], now: Instant): boolean => {
  const given = headerOf(delivery, scheme.header);
  const timestamp = scheme.timestamp === null ? '' : headerOf(delivery, scheme.timestamp.header);
  const id = scheme.idHeader === null ? '' : headerOf(delivery, scheme.idHeader);
  if (scheme.timestamp !== null && !isFresh(timestamp, scheme.timestamp, now)) return false;
  if (scheme.signed.includes('{id}') && id === '') return false;
  return matchesAnySecret(secrets, [given], (secret) => hmacSignature(secret, scheme, delivery, { timestamp, id }));
};

/** Whether one of the secrets produces one of the given signatures. An empty secret produces none. */
export const matchesAnySecret = (secrets: readonly string[], given: readonly string[], make: (secret: string) => string): boolean =>
  secrets
    .filter((secret) => secret !== '')
    .map(make)
    .some((expected) => given.some((signature) => sameText(signature, expected)));

/** The usual scheme: a header with the HMAC-SHA256 of the raw body. */
const bodyHmac = {
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: '',
  signed: '{body}',
  timestamp: null,
  idHeader: null,
} as const satisfies Partial<HmacScheme>;

/** For providers whose scheme is data: what differs from the usual one. */
export const signedBy =
  (differs: Pick<HmacScheme, 'header'> & Partial<HmacScheme>): Provider['isGenuine'] =>
  (delivery, secrets, _settings, now) =>
    isSigned({ ...bodyHmac, ...differs }, delivery, secrets, now);

/** Whether the delivery carries one of the secrets itself: in the address (`token`), in `Authorization: Bearer` or in `X-Webhook-Token`. */
export const carriesSecret = ({ query, headers }: Delivery, secrets: readonly string[]): boolean => {
  const bearer = /^Bearer (.+)$/i.exec(headers['authorization'] ?? '')?.[1];
  const given = [query['token'], bearer, headers['x-webhook-token']].flatMap((text) => (text === undefined ? [] : [text]));
  return matchesAnySecret(secrets, given, (secret) => secret);
};

/** A digest of texts and bytes. Different lists never give the same digest, because each part is preceded by its length. */
export const digestOf = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}\n`).update(part);
  return hash.digest('hex');
};

const bucketMillis = 24 * 3600_000;

/** For senders without an id: the same content on the same UTC day is the same submission. */
export const contentId = (content: string | Uint8Array, now: Instant): string =>
  digestOf(String(Math.floor(epochMillis(now) / bucketMillis)), content);
