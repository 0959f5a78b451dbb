import { byName, withParts } from './answers.ts';
import { anyBody } from './form-body.ts';
import { carriesSecret } from './hmac.ts';
import { jsonRecordOf, textAt } from './json-body.ts';
import type { Provider } from './provider.ts';
import { partNamed, readWith } from './record-body.ts';

/** Jotform does not sign: the token is in the address. The answers are JSON in the field `rawRequest`, named `q3_email` and so on. */
export const jotform: Provider = {
  secret: { from: 'us', use: 'token' },
  isGenuine: carriesSecret,
  parts: partNamed(anyBody, (form) => textAt(form, 'submissionID')),
  read: readWith(anyBody, (form) => {
    const request = jsonRecordOf({ bytes: Buffer.from(textAt(form, 'rawRequest')), contentType: '' });
    if ('quarantine' in request) return request;
    const numbered = withParts(request.record);
    const plain = Object.entries(numbered).map(([name, value]) => ({ names: [name.replace(/^q\d+_/, '')], value }));
    return { answers: { ...byName(plain), ...numbered } };
  }),
};
