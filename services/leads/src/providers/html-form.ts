import { createHash } from 'node:crypto';
import { epochMillis, type Instant } from '@meilenstein/kernel';
import { mapFields } from '../domain/map-fields.ts';
import type { Delivery, Provider, Reading } from './provider.ts';

const bucketMillis = 24 * 3600_000;
const idFields = ['_id', '_nonce'];
const redirectField = '_redirect';
/** Far above any form, far below what would make reading slow. */
const mostFields = 1000;

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const entriesOf = (bytes: Uint8Array): URLSearchParams => new URLSearchParams(Buffer.from(bytes).toString('utf8'));

const valueOf = (entries: URLSearchParams, name: string): string => entries.get(name)?.trim() ?? '';

/** The fields in an order of their own, without reading them, so that no two different bodies become equal. */
const canonicalBody = (bytes: Uint8Array): string => textOf(bytes).split('&').toSorted().join('&');

/**
 * A form has no delivery id. Where the page puts a fresh `_id` (or `_nonce`) into the form, that one tells a second click from a second
 * submission for good; elsewhere the same content within the same 24 hours (UTC days) is the same delivery.
 */
const deliveryId = ({ bytes }: Delivery, now: Instant): string => {
  const entries = entriesOf(bytes);
  const own = idFields.map((name) => valueOf(entries, name)).find((value) => value !== '');
  const bucket = own === undefined ? String(Math.floor(epochMillis(now) / bucketMillis)) : own;
  return createHash('sha256')
    .update(JSON.stringify([canonicalBody(bytes), bucket]))
    .digest('hex');
};

const isUrlencoded = (contentType: string): boolean => /^\s*(application\/x-www-form-urlencoded\s*(;|$)|$)/i.test(contentType);

const read: Provider['read'] = (bytes, contentType, { mapping, honeypot }): Reading => {
  if (!isUrlencoded(contentType)) return { quarantine: 'content-type-is-not-urlencoded' };
  const entries = entriesOf(bytes);
  if (honeypot !== null && valueOf(entries, honeypot) !== '') return { reject: 'honeypot' };
  if (entries.size > mostFields) return { quarantine: 'form-has-too-many-fields' };
  const texts = [...entries].flat();
  if (texts.some((text) => text.includes('\u0000'))) return { quarantine: 'text-holds-nul' };
  // Bytes that are no UTF-8 were replaced by this character on decoding.
  if (texts.some((text) => text.includes('\uFFFD'))) return { quarantine: 'text-is-not-utf-8' };
  return mapFields(Object.fromEntries([...entries].toReversed()), mapping);
};

/** A page that the form asks for and the source allows, exactly; else the first allowed one. Nothing else is ever a target. */
const redirectOf: Provider['redirectOf'] = (bytes, { redirects }) => {
  const wanted = valueOf(entriesOf(bytes), redirectField);
  return redirects.find((allowed) => allowed === wanted) ?? redirects[0];
};

/** A plain HTML form, posted by the browser. It signs nothing: whoever knows the address may post, the honeypot is the only filter. */
export const htmlForm: Provider = { signs: false, isGenuine: () => true, deliveryId, read, redirectOf };
