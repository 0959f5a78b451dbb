import { createHash } from 'node:crypto';
import { digestOf, hmacSignature, isFresh, matchesAnySecret } from './hmac.ts';
import { isRecord, jsonOf, ownProperty, textAt } from './json-body.ts';
import type { Delivery, Kept, Provider } from './provider.ts';
import { batchFault, keptOf, otherEvent, partsOfBatch } from './record-body.ts';

const v3 = { algorithm: 'sha256', encoding: 'base64', prefix: '', signed: '{method}{url}{body}{timestamp}' } as const;
const window = { unit: 'milliseconds', toleranceSeconds: 300 } as const;

/** HubSpot decodes these characters of the address before signing. */
const decoded = (url: string): string => url.replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, decodeURIComponent);

const hashOf = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** The hash of the older versions, which are no HMAC and have no time; so the newest version in a delivery decides. */
const olderHash = (version: string, secret: string, { method, url, bytes }: Delivery): string => {
  if (version === 'v1') return hashOf(secret, bytes);
  return version === 'v2' ? hashOf(secret, method, url, bytes) : '';
};

const eventsOf = (kept: Kept): readonly unknown[] => {
  const body = jsonOf(kept);
  return 'value' in body && Array.isArray(body.value) ? body.value : [];
};

/** `eventId` alone is not unique; `attemptNumber` differs from try to try. */
const idOf = (event: unknown): string => {
  const ids = ['eventId', 'subscriptionId', 'portalId', 'objectId', 'occurredAt'].map((name) => textAt(event, name));
  return ids[0] === '' ? '' : digestOf(...ids);
};

// A changed property does not show new interest.
const leadTypes = ['contact.creation', 'contact.restore'];

/** HubSpot sends thin notifications in batches. A contact is identified by its portal and its number there. */
export const hubspot: Provider = {
  secret: { from: 'sender', use: 'signature' },
  isGenuine: (delivery, secrets, _settings, now) => {
    const { headers } = delivery;
    const newest = headers['x-hubspot-signature-v3'];
    if (newest === undefined) {
      const version = headers['x-hubspot-signature-version'] ?? '';
      return matchesAnySecret(secrets, [headers['x-hubspot-signature'] ?? ''], (secret) => olderHash(version, secret, delivery));
    }
    const timestamp = headers['x-hubspot-request-timestamp'] ?? '';
    if (!isFresh(timestamp, window, now)) return false;
    return [delivery.url, decoded(delivery.url)].some((url) =>
      matchesAnySecret(secrets, [newest], (secret) => hmacSignature(secret, v3, { ...delivery, url }, { timestamp })),
    );
  },
  parts: async (delivery, _settings, now) =>
    partsOfBatch(
      eventsOf(keptOf(delivery)).map((event) => ({ id: idOf(event), content: [event] })),
      delivery,
      now,
    ),
  read: async (kept) => {
    const body = jsonOf(kept);
    if ('quarantine' in body) return body;
    const events = eventsOf(kept);
    const fault = batchFault(events);
    if (fault !== undefined) return { quarantine: fault };
    const [event] = events;
    if (!isRecord(event)) return { quarantine: 'notification-empty' };
    const type = textAt(event, 'subscriptionType');
    const reference = `${textAt(event, 'portalId')}/${textAt(event, 'objectId')}`;
    if (type !== 'contact.privacyDeletion' && !leadTypes.includes(type)) return otherEvent(type, /^\w+\.\w+$/);
    if (!/^\d+\/\d+$/.test(reference)) return { quarantine: 'reference-invalid' };
    return type === 'contact.privacyDeletion' ? { erase: reference } : { fetch: reference };
  },
  readFetched: (contact) => {
    const properties = ownProperty(contact, 'properties');
    return isRecord(properties)
      ? { answers: { employees: ownProperty(properties, 'numemployees'), ...properties } }
      : { quarantine: 'document-fields-missing' };
  },
};
