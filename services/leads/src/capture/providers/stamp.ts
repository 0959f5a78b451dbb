import { addMillis, epochMillis, type Instant } from '@meilenstein/kernel';
import { derivedDigest } from './derived-digest.ts';
import { sameText } from './hmac.ts';

/** The field for the stamp that the page got from `GET /webhooks/{sourceId}/stamp`. */
export const stampField = '_stamp';

/** A form that was opened longer ago must be opened again. */
const maxAgeMillis = 24 * 3600_000;

const sealOf = (secret: string, openedAt: string): string => derivedDigest(secret, 'stamp', openedAt);

/** The signed time at which a form was opened. */
export const stampOf = (secret: string, now: Instant): string => `${epochMillis(now)}.${sealOf(secret, String(epochMillis(now)))}`;

/** The reason for quarantine if a form sent at `at` was not filled in by a person; undefined if it may have been. */
export const checkStamp = (
  stamp: unknown,
  { secrets, at, minimumSeconds }: { readonly secrets: readonly string[]; readonly at: Instant; readonly minimumSeconds: number },
): 'stamp-missing' | 'stamp-invalid' | 'stamp-expired' | 'filled-too-fast' | undefined => {
  if (typeof stamp !== 'string' || stamp === '') return 'stamp-missing';
  const [openedAt = '', seal = ''] = stamp.split('.');
  if (!/^\d{1,15}$/.test(openedAt) || !secrets.some((secret) => sameText(seal, sealOf(secret, openedAt)))) return 'stamp-invalid';
  const opened = Number(openedAt);
  if (opened < epochMillis(addMillis(at, -maxAgeMillis))) return 'stamp-expired';
  return epochMillis(at) - opened < minimumSeconds * 1000 ? 'filled-too-fast' : undefined;
};
