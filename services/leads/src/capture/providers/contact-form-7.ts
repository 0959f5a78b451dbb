import { anyBody } from './form-body.ts';
import { carriesSecret } from './hmac.ts';
import type { Provider } from './provider.ts';
import { asReceived, partNamed, readWith } from './record-body.ts';

/** Contact Form 7 with «CF7 to Webhook»: no signature and no id; the token is in the address or in a header. It delivers only once. */
export const contactForm7: Provider = {
  secret: { from: 'us', use: 'token' },
  isGenuine: carriesSecret,
  parts: partNamed(anyBody, () => ''),
  read: readWith(anyBody, asReceived),
};
