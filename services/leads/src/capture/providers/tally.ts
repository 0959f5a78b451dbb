import { byName } from './answers.ts';
import { signedBy } from './hmac.ts';
import { listAt, ownProperty, textAt } from './json-body.ts';
import type { Provider } from './provider.ts';
import { jsonBody, otherEvent, partNamed, readWith } from './record-body.ts';

/** Choices are delivered as option ids; the mapping needs their texts. */
const valueOf = (field: unknown): unknown => {
  const value = ownProperty(field, 'value');
  const texts = new Map<unknown, string>(listAt(field, 'options').map((option) => [ownProperty(option, 'id'), textAt(option, 'text')]));
  return Array.isArray(value) ? value.map((id) => texts.get(id) ?? id) : (texts.get(value) ?? value);
};

const knownTypes: Readonly<Record<string, string>> = { INPUT_EMAIL: 'email', INPUT_PHONE_NUMBER: 'phone' };

/** Tally: base64 HMAC of the raw body. An answer is named by the label and the key of its question, a hidden field by its name. */
export const tally: Provider = {
  secret: { from: 'us', use: 'signature' },
  isGenuine: signedBy({ header: 'tally-signature', encoding: 'base64' }),
  parts: partNamed(jsonBody, (body) => textAt(body, 'eventId')),
  read: readWith(jsonBody, (body) => {
    const event = textAt(body, 'eventType');
    if (event !== 'FORM_RESPONSE') return otherEvent(event, /^FORM_(?!RESPONSE)/);
    const fields = listAt(body, 'data', 'fields').map((field) => ({ field, value: valueOf(field) }));
    const asked = fields.map(({ field, value }) => ({ names: [textAt(field, 'label'), textAt(field, 'key')], value }));
    const typed = fields.map(({ field, value }) => ({ names: [textAt(knownTypes, textAt(field, 'type'))], value }));
    return { answers: { ...byName(asked), ...byName(typed) } };
  }),
};
