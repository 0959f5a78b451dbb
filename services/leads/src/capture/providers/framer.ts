import { signedBy } from './hmac.ts';
import type { Provider } from './provider.ts';
import { asReceived, jsonBody, readWith } from './record-body.ts';

const idHeader = 'framer-webhook-submission-id';

/** Framer: hex HMAC of the raw body and, after it, the id of the submission. Fields are named like the inputs. */
export const framer: Provider = {
  secret: { from: 'us', use: 'signature' },
  isGenuine: signedBy({ header: 'framer-signature', prefix: 'sha256=', signed: '{body}{id}', idHeader }),
  parts: async ({ bytes, headers }) => [{ id: headers[idHeader] ?? '', bytes }],
  read: readWith(jsonBody, asReceived),
};
