import type { SourceId } from '@meilenstein/kernel';
import type { CallExternal } from '@meilenstein/runtime';
import * as z from 'zod';
import type { SourceSecrets } from '../store/source-secrets.ts';

const verification = z.looseObject({ success: z.boolean() });
const siteVerify = 'https://challenges.cloudflare.com/turnstile/v0/siteverify';

/** The form field that the Turnstile widget adds. */
export const captchaField = 'cf-turnstile-response';

/**
 * Verifies the captcha with Turnstile, after the submission was stored: if Turnstile is unavailable, this throws, the message is retried
 * and no lead is lost. Returns the reason for quarantine, or undefined if the captcha was solved.
 */
export const checkCaptcha = async (
  deps: { readonly secrets: SourceSecrets; readonly outside: CallExternal },
  source: SourceId,
  token: unknown,
): Promise<'captcha-missing' | 'captcha-failed' | 'captcha-secret-missing' | undefined> => {
  if (typeof token !== 'string' || token === '') return 'captcha-missing';
  const secret = await deps.secrets.captcha(source);
  if (secret === undefined) return 'captcha-secret-missing';
  const body = new URLSearchParams({ secret, response: token }).toString();
  const answer = await deps.outside(siteVerify, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
  if (answer.status >= 500 || answer.status === 429) throw new Error(`turnstile: answered ${answer.status}`);
  const parsed = verification.safeParse(JSON.parse(answer.text));
  return parsed.success && parsed.data.success ? undefined : 'captcha-failed';
};
