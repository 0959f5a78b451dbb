import { byName } from './answers.ts';
import { contentId, matchesAnySecret } from './hmac.ts';
import { isRecord, jsonRecordOf, listAt, ownProperty, textAt } from './json-body.ts';
import type { Provider } from './provider.ts';
import { jsonBody, jsonPart, keptOf, readWith } from './record-body.ts';

const mask = '***';

/** A document without a key, wherever it stands: in a name, in a text, or as the value of a field of its kind. */
const masked = (value: unknown, key: string): unknown => {
  if (typeof value === 'string') return key === '' ? value : value.replaceAll(key, mask);
  if (Array.isArray(value)) return value.map((one) => masked(one, key));
  if (!isRecord(value)) return value !== undefined && String(value) === key ? mask : value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [String(masked(name, key)), /^google[_-]?key$/i.test(name) ? mask : masked(inner, key)]),
  );
};

/**
 * Google Ads does not sign; the body contains the key that the advertiser configured. A body that cannot be read contains no key and is
 * refused. The key is removed before anything is stored. A column is named by its id (`FULL_NAME`) and its title.
 */
export const googleAds: Provider = {
  secret: { from: 'us', use: 'key' },
  isGenuine: (delivery, secrets) => {
    const body = jsonRecordOf(keptOf(delivery));
    return 'record' in body && matchesAnySecret(secrets, [textAt(body.record, 'google_key')], (secret) => secret);
  },
  parts: async (delivery, _settings, now) => {
    const body = jsonRecordOf(keptOf(delivery));
    if ('quarantine' in body) return [{ id: contentId(delivery.bytes, now), bytes: delivery.bytes }];
    const { google_key: _key, ...lead } = body.record;
    const { bytes, contentType } = jsonPart(masked(lead, textAt(body.record, 'google_key')));
    return [{ id: textAt(lead, 'lead_id') || contentId(bytes, now), bytes, contentType }];
  },
  read: readWith(jsonBody, (lead) => {
    if (ownProperty(lead, 'is_test') === true) return { reject: 'test-lead' };
    const columns = listAt(lead, 'user_column_data').map((column) => ({
      names: [textAt(column, 'column_id'), textAt(column, 'column_name')],
      value: ownProperty(column, 'string_value'),
    }));
    return { answers: { ...lead, ...byName(columns) } };
  }),
};
