import { byName } from './answers.ts';
import { signedBy } from './hmac.ts';
import { listAt, ownProperty, textAt } from './json-body.ts';
import type { Provider } from './provider.ts';
import { jsonBody, otherEvent, partNamed, readWith } from './record-body.ts';

/** A choice is the ticked label or the text entered beside it; every other answer is under the name of its type. */
const valueOf = (answer: unknown): unknown => {
  const type = textAt(answer, 'type');
  if (type === 'choice') return textAt(answer, 'choice', 'label') || textAt(answer, 'choice', 'other');
  if (type === 'choices') return [...listAt(answer, 'choices', 'labels'), textAt(answer, 'choices', 'other')].filter((one) => one !== '');
  return ownProperty(answer, type);
};

const knownTypes: Readonly<Record<string, string>> = { email: 'email', phone_number: 'phone' };

/** Typeform: base64 HMAC of the raw body. An answer is named by the `ref`, the id and the title of its question. */
export const typeform: Provider = {
  secret: { from: 'us', use: 'signature' },
  isGenuine: signedBy({ header: 'typeform-signature', encoding: 'base64', prefix: 'sha256=' }),
  parts: partNamed(jsonBody, (body) => textAt(body, 'event_id')),
  read: readWith(jsonBody, (body) => {
    // Partial responses come only if the form's owner enabled them.
    const event = textAt(body, 'event_type');
    if (!['form_response', 'form_response_partial'].includes(event)) return otherEvent(event, /^form_(?!response)/);
    const response = ownProperty(body, 'form_response');
    const titles = new Map(listAt(response, 'definition', 'fields').map((field) => [textAt(field, 'id'), textAt(field, 'title')]));
    const answers = listAt(response, 'answers').map((answer) => ({ answer, value: valueOf(answer) }));
    const typed = answers.map(({ answer, value }) => ({ names: [textAt(knownTypes, textAt(answer, 'type'))], value }));
    const asked = answers.map(({ answer, value }) => {
      const id = textAt(answer, 'field', 'id');
      return { names: [textAt(answer, 'field', 'ref'), id, titles.get(id) ?? ''], value };
    });
    return { answers: { hidden: ownProperty(response, 'hidden'), ...byName(asked), ...byName(typed) } };
  }),
};
