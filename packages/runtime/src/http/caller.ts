import { roles, type Caller, type Role } from '@meilenstein/contracts';

/** Which claims of the token carry the roles and, for integrations, the sources. Parameters of the deployment. */
export type ClaimNames = { readonly roles: string; readonly sources: string };

/** An HTTP API hands an array claim over as "[a b]"; other gateways as JSON or as a single word. */
const listClaim = (claim: unknown): readonly string[] => {
  if (Array.isArray(claim)) return claim.filter((one) => typeof one === 'string');
  if (typeof claim !== 'string' || claim === '') return [];
  return claim
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .map((word) => word.replaceAll('"', ''))
    .filter((word) => word !== '');
};

const isRole = (word: string): word is Role => roles.some((role) => role === word);

/** Who calls, from the claims that the authorizer has verified. An unknown role is ignored. */
export const callerOf = (claims: Readonly<Record<string, unknown>>, names: ClaimNames): Caller => ({
  subject: typeof claims['sub'] === 'string' ? claims['sub'] : '',
  roles: listClaim(claims[names.roles]).filter(isRole),
  sources: listClaim(claims[names.sources]),
});
