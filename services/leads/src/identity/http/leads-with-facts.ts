import type { Facts, Instant } from '@meilenstein/kernel';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { factsOf, touchesOf } from '../../lead/domain/lead-situation.ts';
import type { RulesInForce } from '../../qualification/domain/rules-in-force.ts';
import type { Touch } from '../../scoring/domain/lead-facts.ts';
import type { KeptSubmission } from '../../capture/domain/submission.ts';
import { touchpointsOf } from '../store/touchpoints.ts';
import type { Stores } from '../../stores.ts';

/** A lead with its facts, which rules may test, and its touches. */
export type LeadWithFacts = { readonly lead: CapturedLead; readonly facts: Facts; readonly touches: readonly Touch[] };

export const leadWithFacts = (lead: CapturedLead, submissions: readonly KeptSubmission[], rulesInForce: RulesInForce): LeadWithFacts => {
  const touches = touchesOf(lead, submissions);
  return { lead, touches, facts: factsOf(lead, touches, rulesInForce.survivorship) };
};

const atOnce = 25;

/** Many leads with their facts; touchpoints are read only if rules need them. */
export const leadsWithFacts = async (
  stores: Pick<Stores, 'submissions' | 'leads'>,
  leads: readonly CapturedLead[],
  { rulesInForce, withTouches }: { readonly rulesInForce: RulesInForce; readonly withTouches: boolean },
): Promise<readonly LeadWithFacts[]> => {
  const found: LeadWithFacts[] = [];
  for (let from = 0; from < leads.length; from += atOnce) {
    const some = leads.slice(from, from + atOnce);
    const touchpoints = withTouches ? await Promise.all(some.map((lead) => touchpointsOf(stores, lead))) : [];
    found.push(...some.map((lead, index) => leadWithFacts(lead, touchpoints[index] ?? [], rulesInForce)));
  }
  return found;
};

/** The context in which rules score a lead at an instant. */
export const scoringContext = ({ facts, touches }: LeadWithFacts, now: Instant) => ({ facts, touches, now });
