import { consentGiven, consentWithdrawn, type LeadFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Refusal } from '@meilenstein/kernel';
import { allConsents } from './consent-record.ts';
import type { Lead } from '../../lead/domain/lead.ts';

export type ConsentRefusal = Refusal<'lead-not-found' | 'consent-not-found'>;

const unknownLead = refused('lead-not-found', 'leadId: no lead that you may see has this id');
const unknownConsent = (purpose: string) =>
  refused('consent-not-found', `purpose: this person was never asked about ${purpose}`, { field: 'purpose', value: purpose });

/** The person followed the link of the mail: what was requested counts from now on. Following it again changes nothing. */
export const confirmConsent = (before: Lead, purpose: string, textVersion: string): Decision<LeadFact, ConsentRefusal> => {
  if (before.status === 'none' || before.status === 'erased') return unknownLead;
  const there = allConsents(before)[purpose];
  if (there === undefined || there.textVersion !== textVersion) return unknownConsent(purpose);
  if (there.status !== 'requested') return decided();
  return decided(consentGiven.of({ leadId: before.leadId, purpose, textVersion, submissionId: null }));
};

/** Always possible, by the person's link or by an employee who was told. */
export const withdrawConsent = (before: Lead, purpose: string, by: 'person' | 'employee'): Decision<LeadFact, ConsentRefusal> => {
  if (before.status === 'none' || before.status === 'erased') return unknownLead;
  const there = allConsents(before)[purpose];
  if (there === undefined) return unknownConsent(purpose);
  // Where only another record of the person has withdrawn it, this one must know it, too: they may be parted again.
  const isKnown = there.status === 'withdrawn' && (before.consents[purpose] ?? there).status === 'withdrawn';
  return isKnown ? decided() : decided(consentWithdrawn.of({ leadId: before.leadId, purpose, by }));
};
