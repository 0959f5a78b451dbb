import { byName } from './answers.ts';
import { contentId, matchesAnySecret } from './hmac.ts';
import { jsonRecordOf, listAt, ownProperty, textAt } from './json-body.ts';
import type { Provider } from './provider.ts';
import { jsonBody, readWith } from './record-body.ts';

/**
 * Google Ads does not sign; the body contains the key that the advertiser configured. A body that cannot be read contains no key and is
 * refused. The key is removed before anything is stored. A column is named by its id (`FULL_NAME`) and its title.
 */
export const googleAds: Provider = {
  secret: { from: 'us', use: 'key' },
  isGenuine: ({ bytes }, secrets) => {
    const body = jsonRecordOf(bytes);
    return 'record' in body && matchesAnySecret(secrets, [textAt(body.record, 'google_key')], (secret) => secret);
  },
  parts: async ({ bytes }, _settings, now) => {
    const body = jsonRecordOf(bytes);
    if ('quarantine' in body) return [{ id: contentId(bytes, now), bytes }];
    const { google_key: _key, ...lead } = body.record;
    const kept = Buffer.from(JSON.stringify(lead));
    return [{ id: textAt(lead, 'lead_id') || contentId(kept, now), bytes: kept }];
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
