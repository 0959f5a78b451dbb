import { byName } from './answers.ts';
import { derivedDigest } from './derived-digest.ts';
import { matchesAnySecret, signedBy } from './hmac.ts';
import { jsonOf, listAt, ownProperty, textAt } from './json-body.ts';
import type { Provider } from './provider.ts';
import { batchFault, keptOf, otherEvent, partsOfBatch } from './record-body.ts';

/** The token appears in an address and in logs, so it must not be the app's secret. */
const verifyToken = (secret: string): string => derivedDigest(secret, 'verify-token', '');

const changesOf = (body: unknown): readonly { readonly entry: unknown; readonly change: unknown }[] =>
  listAt(body, 'entry').flatMap((entry) => listAt(entry, 'changes').map((change) => ({ entry, change })));

/** Meta lead ads: thin notifications in batches, signed with the app's secret; a lead is identified by its `leadgen_id`. */
export const meta: Provider = {
  secret: { from: 'sender', use: 'signature' },
  isGenuine: signedBy({ header: 'x-hub-signature-256', prefix: 'sha256=' }),
  verifyToken,
  answerHandshake: (query, secrets) => {
    const challenge = query['hub.challenge'] ?? '';
    // Only a plain word is returned, so that the response never carries foreign content.
    if (query['hub.mode'] !== 'subscribe' || !/^[\w-]{1,200}$/.test(challenge)) return undefined;
    return matchesAnySecret(secrets, [query['hub.verify_token'] ?? ''], verifyToken)
      ? { contentType: 'text/plain', body: challenge }
      : undefined;
  },
  parts: async (delivery, _settings, now) => {
    const body = jsonOf(keptOf(delivery));
    const changes = 'quarantine' in body ? [] : changesOf(body.value);
    const batch = changes.map(({ entry, change }) => ({
      id: textAt(change, 'value', 'leadgen_id'),
      content: { object: 'page', entry: [{ id: textAt(entry, 'id'), time: ownProperty(entry, 'time'), changes: [change] }] },
    }));
    return partsOfBatch(batch, delivery, now);
  },
  read: async (kept) => {
    const body = jsonOf(kept);
    if ('quarantine' in body) return body;
    const changes = changesOf(body.value);
    const fault = batchFault(changes);
    if (fault !== undefined) return { quarantine: fault };
    const [first] = changes;
    if (first === undefined) return { quarantine: 'notification-empty' };
    const field = textAt(first.change, 'field');
    if (field !== 'leadgen') return otherEvent(field, /^(?!leadgen)[a-z_]+$/);
    const reference = textAt(first.change, 'value', 'leadgen_id');
    return /^\d{1,40}$/.test(reference) ? { fetch: reference } : { quarantine: 'reference-invalid' };
  },
  readFetched: (lead) => {
    const fields = listAt(lead, 'field_data').map((field) => ({ names: [textAt(field, 'name')], value: listAt(field, 'values') }));
    const consents = listAt(lead, 'custom_disclaimer_responses').map((one) => ({
      names: [textAt(one, 'checkbox_key')],
      value: ownProperty(one, 'is_checked'),
    }));
    if (fields.length === 0) return { quarantine: 'document-fields-missing' };
    const about = ['form_id', 'ad_id', 'campaign_id', 'platform'].map((name) => ({ names: [name], value: textAt(lead, name) }));
    return { answers: byName([...fields, ...consents, ...about]) };
  },
};
