import { consentGiven, consentWithdrawn, type LeadFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Refusal } from '@meilenstein/kernel';
import { allConsents } from './consent-record.ts';
import type { Lead } from '../../lead/domain/lead.ts';

export type ConsentRefusal = Refusal<'lead-not-found' | 'consent-not-found'>;

const leadNotFound = refused('lead-not-found', 'leadId: no lead that you may see has this id');
const consentNotFound = (purpose: string) =>
  refused('consent-not-found', `purpose: this person was never asked about ${purpose}`, { field: 'purpose', value: purpose });

/** The person confirmed a requested consent by the link in the e-mail. Confirming again changes nothing. */
export const confirmConsent = (before: Lead, purpose: string, textVersion: string): Decision<LeadFact, ConsentRefusal> => {
  if (before.status === 'none' || before.status === 'erased') return leadNotFound;
  const current = allConsents(before)[purpose];
  if (current === undefined || current.textVersion !== textVersion) return consentNotFound(purpose);
  if (current.status !== 'requested') return decided();
  return decided(consentGiven.of({ leadId: before.leadId, purpose, textVersion, submissionId: null }));
};

/** Withdraws a consent. This is always possible, by the person's link or by an employee on request. */
export const withdrawConsent = (before: Lead, purpose: string, by: 'person' | 'employee'): Decision<LeadFact, ConsentRefusal> => {
  if (before.status === 'none' || before.status === 'erased') return leadNotFound;
  const current = allConsents(before)[purpose];
  if (current === undefined) return consentNotFound(purpose);
  // If only another record of the person has withdrawn it, this one must store it, too: the merge may be undone.
  const isWithdrawn = current.status === 'withdrawn' && (before.consents[purpose] ?? current).status === 'withdrawn';
  return isWithdrawn ? decided() : decided(consentWithdrawn.of({ leadId: before.leadId, purpose, by }));
};
