import type { Claim } from '@meilenstein/kernel';
import { fullProfile, type CapturedLead } from '../../lead/domain/lead.ts';
import { isPlaceholderAddress } from './placeholders.ts';
import { textsOf } from './survivorship.ts';

/** The record that a key names, and the lead that it is part of: the same one unless they were merged. */
export type KeyMatch = { readonly record: CapturedLead; readonly holder: CapturedLead };

/** The keys of a submission, each with the match that was found for it. */
export type Keys = { readonly email: Key | undefined; readonly phone: Key | undefined };
export type Key = { readonly claim: Claim; readonly match: KeyMatch | undefined };

export type Identity =
  /** a new person, with the keys for the new lead */
  | { readonly kind: 'new'; readonly claims: readonly Claim[] }
  /** the existing lead of the person, and the record that the keys name */
  | { readonly kind: 'existing'; readonly lead: CapturedLead; readonly record: CapturedLead; readonly claims: readonly Claim[] }
  /** the submission proves that two leads are one person */
  | { readonly kind: 'same-person'; readonly leads: readonly [CapturedLead, CapturedLead] };

const hasEmail = (lead: CapturedLead): boolean => textsOf(fullProfile(lead), 'email').some((text) => !isPlaceholderAddress(text));

const free = (...keys: readonly (Key | undefined)[]): readonly Claim[] =>
  keys.flatMap((key) => (key === undefined || key.match !== undefined ? [] : [key.claim]));

/**
 * An e-mail address identifies a person. A phone number identifies one only if the other side has no e-mail address: colleagues share
 * switchboards, so two addresses are two people even with the same number. Similarity and partial texts never identify a person. What
 * nobody signed merges no leads: anybody can write two people's contacts into one form. Then the e-mail address decides.
 */
export const identify = ({ email, phone }: Keys, { isProven }: { readonly isProven: boolean }): Identity => {
  const [byEmail, byPhone] = [email?.match?.holder, phone?.match?.holder];
  if (byEmail !== undefined) {
    const other = byPhone !== undefined && byPhone.leadId !== byEmail.leadId && !hasEmail(byPhone) ? byPhone : undefined;
    const bothConverted = byEmail.opportunityId !== null && other !== undefined && other.opportunityId !== null;
    if (other !== undefined && !bothConverted && isProven) return { kind: 'same-person', leads: [byEmail, other] };
    return { kind: 'existing', lead: byEmail, record: email?.match?.record ?? byEmail, claims: free(phone) };
  }
  if (byPhone !== undefined && (email === undefined || !hasEmail(byPhone)))
    return { kind: 'existing', lead: byPhone, record: phone?.match?.record ?? byPhone, claims: free(email) };
  return { kind: 'new', claims: free(email, phone) };
};
