import type { Claim } from '@meilenstein/kernel';
import { fullProfile, type CapturedLead } from '../../lead/domain/lead.ts';
import { textsOf } from './survivorship.ts';

/** The record that a key names, and the lead that it is part of: the same one unless they were merged. */
export type KeyMatch = { readonly record: CapturedLead; readonly holder: CapturedLead };

/** The keys by which a submission may be somebody we know; each with what it leads to. */
export type Keys = { readonly email: Key | undefined; readonly phone: Key | undefined };
export type Key = { readonly claim: Claim; readonly found: KeyMatch | undefined };

export type Identity =
  /** somebody new, with the keys that lead to the new lead */
  | { readonly kind: 'new'; readonly claims: readonly Claim[] }
  /** the lead of the person, and which of its records is named */
  | { readonly kind: 'existing'; readonly lead: CapturedLead; readonly record: CapturedLead; readonly claims: readonly Claim[] }
  /** the submission proves that two leads are one person */
  | { readonly kind: 'same-person'; readonly leads: readonly [CapturedLead, CapturedLead] };

const hasEmail = (lead: CapturedLead): boolean => textsOf(fullProfile(lead), 'email').length > 0;

const free = (...keys: readonly (Key | undefined)[]): readonly Claim[] =>
  keys.flatMap((key) => (key === undefined || key.found !== undefined ? [] : [key.claim]));

/**
 * An e-mail address is a person. A phone number is one where the other side has no e-mail address: colleagues share switchboards, so two
 * addresses are two people even on one number. Never by similarity, never by a part of a text.
 */
export const identify = ({ email, phone }: Keys): Identity => {
  const [byEmail, byPhone] = [email?.found?.holder, phone?.found?.holder];
  if (byEmail !== undefined) {
    const other = byPhone !== undefined && byPhone.leadId !== byEmail.leadId && !hasEmail(byPhone) ? byPhone : undefined;
    const bothConverted = byEmail.opportunityId !== null && other !== undefined && other.opportunityId !== null;
    if (other !== undefined && !bothConverted) return { kind: 'same-person', leads: [byEmail, other] };
    return { kind: 'existing', lead: byEmail, record: email?.found?.record ?? byEmail, claims: free(phone) };
  }
  if (byPhone !== undefined && (email === undefined || !hasEmail(byPhone)))
    return { kind: 'existing', lead: byPhone, record: phone?.found?.record ?? byPhone, claims: free(email) };
  return { kind: 'new', claims: free(email, phone) };
};
