import { useTranslations } from 'use-intl';
import type { sources } from '../texts/de/sources.ts';

type Known = keyof (typeof sources)['reasons'];

const known: readonly Known[] = [
  'email-and-phone-missing',
  'email-and-phone-unusable',
  'contact-is-placeholder',
  'honeypot',
  'captcha-missing',
  'captcha-failed',
  'captcha-secret-missing',
  'access-token-missing',
  'access-token-refused',
  'body-not-json',
  'body-not-object',
  'body-too-deep',
  'content-type-not-supported',
  'charset-unknown',
  'text-not-in-charset',
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
];

/** Why a submission is in quarantine, in words; a reason that this page does not know yet stands as its code. */
export const useReasonText = (): ((reason: string | null) => string) => {
  const t = useTranslations('sources.reasons');
  return (reason) => {
    const code = known.find((each) => each === reason);
    return code === undefined ? (reason ?? '') : t(code);
  };
};
