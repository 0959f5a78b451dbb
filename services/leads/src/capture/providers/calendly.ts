import { byName } from './answers.ts';
import { hmacSignature, isFresh, matchesAnySecret } from './hmac.ts';
import { listAt, ownProperty, textAt } from './json-body.ts';
import type { Provider } from './provider.ts';
import { jsonBody, otherEvent, partNamed, readWith } from './record-body.ts';

const scheme = { algorithm: 'sha256', encoding: 'hex', prefix: 'v1=', signed: '{timestamp}.{body}' } as const;
const window = { unit: 'seconds', toleranceSeconds: 300 } as const;

const leadEvents = ['invitee.created', 'routing_form_submission.created'];
const otherEvents = /^(?:invitee\.canceled$|invitee_no_show\.|event_type\.|user\.)/;

/** Calendly: `t=<seconds>,v1=<hex>` over time and raw body. An answer is named by its question; the whole event is under `payload`. */
export const calendly: Provider = {
  secret: { from: 'us', use: 'signature' },
  isGenuine: (delivery, secrets, _settings, now) => {
    const items = (delivery.headers['calendly-webhook-signature'] ?? '').split(',').map((item) => item.trim());
    const timestamp = items.find((item) => item.startsWith('t='))?.slice('t='.length) ?? '';
    return (
      isFresh(timestamp, window, now) &&
      matchesAnySecret(secrets, items, (secret) => hmacSignature(secret, scheme, delivery, { timestamp }))
    );
  },
  // Booking again is another event about the same invitee.
  parts: partNamed(jsonBody, (body) =>
    textAt(body, 'payload', 'uri') === '' ? '' : `${textAt(body, 'event')} ${textAt(body, 'payload', 'uri')}`,
  ),
  read: readWith(jsonBody, (body) => {
    const event = textAt(body, 'event');
    if (!leadEvents.includes(event)) return otherEvent(event, otherEvents);
    const payload = ownProperty(body, 'payload');
    const asked = listAt(payload, 'questions_and_answers').map((one) => ({
      names: [textAt(one, 'question')],
      value: ownProperty(one, 'answer'),
    }));
    const parts = [textAt(payload, 'first_name'), textAt(payload, 'last_name')].filter((part) => part !== '').join(' ');
    const contact = [
      { names: ['email'], value: ownProperty(payload, 'email') },
      { names: ['name'], value: textAt(payload, 'name') || parts },
      { names: ['phone'], value: ownProperty(payload, 'text_reminder_number') },
    ].filter(({ value }) => value !== undefined && value !== null && value !== '');
    return { answers: { payload, ...byName(asked), ...byName(contact) } };
  }),
};
