import { anyBody } from './form-body.ts';
import { carriesSecret } from './hmac.ts';
import { textAt } from './json-body.ts';
import type { Provider } from './provider.ts';
import { asReceived, partNamedWithContent, readWith } from './record-body.ts';

/** WPForms does not sign: the token is in the address or in a header. The names are those that its administrator mapped. */
export const wpforms: Provider = {
  secret: { from: 'us', use: 'token' },
  isGenuine: carriesSecret,
  parts: partNamedWithContent(anyBody, (entry) => textAt(entry, 'entry_id')),
  read: readWith(anyBody, asReceived),
};
