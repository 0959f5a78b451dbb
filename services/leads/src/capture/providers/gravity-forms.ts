import { anyBody } from './form-body.ts';
import { carriesSecret } from './hmac.ts';
import { textAt } from './json-body.ts';
import type { Provider } from './provider.ts';
import { asReceived, partNamedWithContent, readWith } from './record-body.ts';

/** Gravity Forms does not sign: the token is in the address or in a header that its administrator adds. Fields are named by number (`1.3`). */
export const gravityForms: Provider = {
  secret: { from: 'us', use: 'token' },
  isGenuine: carriesSecret,
  parts: partNamedWithContent(anyBody, (entry) => (textAt(entry, 'id') === '' ? '' : `${textAt(entry, 'form_id')} ${textAt(entry, 'id')}`)),
  read: readWith(anyBody, asReceived),
};
