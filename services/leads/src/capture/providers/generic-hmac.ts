import { contentId, isSigned } from './hmac.ts';
import { anyBody } from './form-body.ts';
import type { Provider } from './provider.ts';
import { asReceived, readWith } from './record-body.ts';

/** A sender without its own scheme: the `signature` of the source describes what it signs and how. JSON or a form. */
export const genericHmac: Provider = {
  secret: { from: 'us', use: 'signature' },
  isGenuine: (delivery, secrets, { signature }, now) => signature !== null && isSigned(signature, delivery, secrets, now),
  parts: async ({ bytes, headers }, { signature }, now) => {
    // An id that is not signed proves nothing: whoever repeats the delivery could change it.
    const idHeader = signature?.signed.includes('{id}') === true ? signature.idHeader : null;
    const named = idHeader === null ? '' : (headers[idHeader.toLowerCase()] ?? '');
    return [{ id: named === '' ? contentId(bytes, now) : named, bytes }];
  },
  read: readWith(anyBody, asReceived),
};
