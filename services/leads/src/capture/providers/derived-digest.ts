import { createHmac } from 'node:crypto';

/** What a secret is used for besides verifying the sender. */
type Purpose = 'stamp' | 'network' | 'verify-token';

/**
 * A digest that only the holder of a secret can make, for one further use of the secret. Others see these digests, so they are made with
 * a key of their own: made with the secret itself, they would be signatures that anybody could present as the sender's.
 */
export const derivedDigest = (secret: string, purpose: Purpose, text: string): string => {
  const key = createHmac('sha256', secret).update(`meilenstein ${purpose}`).digest();
  return createHmac('sha256', key).update(text).digest('base64url');
};
