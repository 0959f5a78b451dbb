import { leadId, type LeadId } from '@meilenstein/kernel';
import type { ClaimsOf } from '../../identity/store/person-claims.ts';

export type ConsentLink = { readonly leadId: LeadId; readonly purpose: string; readonly textVersion: string };

/** A link needs no memory: it says what it is about, sealed, so that only we can have made it. It names nobody. */
export const tokenOf = ({ seal }: Pick<ClaimsOf, 'seal'>, { leadId: id, purpose, textVersion }: ConsentLink): string =>
  Buffer.from(JSON.stringify([id, purpose, textVersion, seal('consent', id, purpose, textVersion)])).toString('base64url');

/** What a token is about; undefined where we did not make it. */
export const linkOf = ({ seal }: Pick<ClaimsOf, 'seal'>, token: string): ConsentLink | undefined => {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 4 || !parts.every((part) => typeof part === 'string')) return undefined;
  const [id = '', purpose = '', textVersion = '', given = ''] = parts.map(String);
  const parsed = leadId.safeParse(id);
  return parsed.success && given === seal('consent', id, purpose, textVersion) ? { leadId: parsed.data, purpose, textVersion } : undefined;
};
