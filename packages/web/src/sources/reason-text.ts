import { useTranslations } from 'use-intl';
import type { sources } from '../texts/de/sources.ts';

type Known = keyof (typeof sources)['reasons'];

/** Why a submission is in quarantine or was rejected, in words; a reason that this page does not know yet stands as its code. */
export const useReasonText = (): ((reason: string | null) => string) => {
  const t = useTranslations('sources.reasons');
  return (reason) => {
    const code = known.find((each) => each === reason);
    return code === undefined ? (reason ?? '') : t(code);
  };
};

const known: readonly Known[] = [
  'email-and-phone-missing',
  'email-and-phone-unusable',
  'email-not-text',
  'phone-not-text',
  'contact-is-placeholder',
  'honeypot',
  'stamp-missing',
  'stamp-invalid',
  'stamp-expired',
  'filled-too-fast',
  'captcha-missing',
  'captcha-failed',
  'captcha-secret-missing',
  'source-rate-exceeded',
  'network-rate-exceeded',
  'access-token-missing',
  'access-token-refused',
  'batch-too-large',
  'body-not-json',
  'body-not-object',
  'body-too-deep',
  'content-type-not-supported',
  'charset-unknown',
  'text-not-in-charset',
  'text-not-utf-8',
  'nul-character',
  'too-many-fields',
  'too-many-contacts',
  'invalid-form',
  'form-fields-missing',
  'document-fields-missing',
  'event-unknown',
  'notification-empty',
  'reference-invalid',
  'reference-not-found',
  'raw-body-expired',
  'purged',
];
