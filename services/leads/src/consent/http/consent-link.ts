import { leadId, type LeadId } from '@meilenstein/kernel';
import type { ClaimsOf } from '../../identity/store/person-claims.ts';

export type ConsentLink = { readonly leadId: LeadId; readonly purpose: string; readonly textVersion: string };

/** The token of a link: the consent it is about, with a seal that only this service can make. It names nobody, and nothing is stored for it. */
export const tokenOf = ({ seal }: Pick<ClaimsOf, 'seal'>, { leadId: id, purpose, textVersion }: ConsentLink): string =>
  Buffer.from(JSON.stringify([id, purpose, textVersion, seal('consent', id, purpose, textVersion)])).toString('base64url');

/** The consent that a token is about; undefined if the seal is not valid. */
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
