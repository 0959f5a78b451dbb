import { contentId, isSigned } from './hmac.ts';
import { anyBody } from './form-body.ts';
import type { Provider } from './provider.ts';
import { asReceived, readWith } from './record-body.ts';

/** A sender without its own scheme: the `signature` of the source describes what it signs and how. JSON or a form. */
export const genericHmac: Provider = {
  secret: { from: 'us', use: 'signature' },
  isGenuine: (delivery, secrets, { signature }, now) => signature !== null && isSigned(signature, delivery, secrets, now),
  parts: async ({ bytes, headers }, { signature }, now) => {
    const named = signature?.idHeader === undefined || signature.idHeader === null ? '' : (headers[signature.idHeader.toLowerCase()] ?? '');
    return [{ id: named === '' ? contentId(bytes, now) : named, bytes }];
  },
  read: readWith(anyBody, asReceived),
};
