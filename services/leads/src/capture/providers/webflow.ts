import { carriesSecret, signedBy } from './hmac.ts';
import { isRecord, ownProperty, textAt } from './json-body.ts';
import type { Provider } from './provider.ts';
import { jsonBody, otherEvent, partNamed, readWith } from './record-body.ts';

const isSigned = signedBy({
  header: 'x-webflow-signature',
  signed: '{timestamp}:{body}',
  timestamp: { header: 'x-webflow-timestamp', unit: 'milliseconds', toleranceSeconds: 300 },
});

const otherTriggers = /^(?:site|page|ecomm|memberships|user|collection|comment)_/;

/**
 * Webflow: hex HMAC of time and raw body, with the secret of the webhook or of the app that created it. Webhooks created in the dashboard
 * are not signed: they carry the secret in the address (`?token=`). A field is named by its label.
 */
export const webflow: Provider = {
  secret: { from: 'sender', use: 'signature' },
  isGenuine: (delivery, secrets, settings, now) => isSigned(delivery, secrets, settings, now) || carriesSecret(delivery, secrets),
  parts: partNamed(jsonBody, (body) => textAt(body, 'payload', 'id')),
  read: readWith(jsonBody, (body) => {
    const trigger = textAt(body, 'triggerType');
    if (trigger !== 'form_submission') return otherEvent(trigger, otherTriggers);
    const payload = ownProperty(body, 'payload');
    const fields = ownProperty(payload, 'data');
    return isRecord(fields) ? { answers: { formName: textAt(payload, 'name'), ...fields } } : { quarantine: 'form-fields-missing' };
  }),
};
