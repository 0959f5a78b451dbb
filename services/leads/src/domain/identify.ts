import type { Claim } from '@meilenstein/kernel';
import { allKnown, type CapturedLead } from './lead.ts';
import { textsOf } from './survivorship.ts';

/** The keys by which a submission may be somebody we know; each with the lead that holds it. */
export type Keys = { readonly email: Key | undefined; readonly phone: Key | undefined };
export type Key = { readonly claim: Claim; readonly holder: CapturedLead | undefined };

export type Identity =
  /** somebody new, with the keys that lead to the new lead */
  | { readonly kind: 'new'; readonly claims: readonly Claim[] }
  | { readonly kind: 'known'; readonly lead: CapturedLead; readonly claims: readonly Claim[] }
  /** the submission proves that two leads are one person */
  | { readonly kind: 'proven'; readonly leads: readonly [CapturedLead, CapturedLead] };

const hasEmail = (lead: CapturedLead): boolean => textsOf(allKnown(lead), 'email').length > 0;

const free = (...keys: readonly (Key | undefined)[]): readonly Claim[] =>
  keys.flatMap((key) => (key === undefined || key.holder !== undefined ? [] : [key.claim]));

/**
 * An e-mail address is a person. A phone number is one where the other side has no e-mail address: colleagues share switchboards, so two
 * addresses are two people even on one number. Never by similarity, never by a part of a text.
 */
export const identify = ({ email, phone }: Keys): Identity => {
  const [byEmail, byPhone] = [email?.holder, phone?.holder];
  if (byEmail !== undefined) {
    const other = byPhone !== undefined && byPhone.leadId !== byEmail.leadId && !hasEmail(byPhone) ? byPhone : undefined;
    const bothConverted = byEmail.opportunityId !== null && other !== undefined && other.opportunityId !== null;
    if (other !== undefined && !bothConverted) return { kind: 'proven', leads: [byEmail, other] };
    return { kind: 'known', lead: byEmail, claims: free(phone) };
  }
  if (byPhone !== undefined && (email === undefined || !hasEmail(byPhone))) return { kind: 'known', lead: byPhone, claims: free(email) };
  return { kind: 'new', claims: free(email, phone) };
};
