import { leadId, type LeadId, type Facts, type Instant } from '@meilenstein/kernel';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { factsOf, touchesOf } from '../../lead/domain/lead-situation.ts';
import type { RulesInForce } from '../../qualification/domain/rules-in-force.ts';
import type { Touch } from '../../scoring/domain/lead-facts.ts';
import type { KeptSubmission } from '../../capture/domain/submission.ts';
import type { Stores } from '../../stores.ts';

/** A lead with its facts, which rules may test, and its touches. */
export type LeadWithFacts = { readonly lead: CapturedLead; readonly facts: Facts; readonly touches: readonly Touch[] };

const maxTouchpoints = 100;

type Records = Pick<Stores, 'leads'>;

/** The records of a person: a lead and, recursively, those it absorbed. */
export const recordsOf = async (stores: Records, lead: Pick<CapturedLead, 'leadId' | 'absorbed'>): Promise<readonly LeadId[]> => {
  const absorbed = Object.keys(lead.absorbed).map((id) => leadId.parse(id));
  const below = await Promise.all(
    absorbed.map(async (id) => {
      const found = await stores.leads.find(id);
      return found === undefined ? [id] : recordsOf(stores, found.lead);
    }),
  );
  return [lead.leadId, ...below.flat()];
};

/** The submissions of all records of a person, the newest first. */
export const touchpointsOf = async (
  stores: Records & Pick<Stores, 'submissions'>,
  lead: CapturedLead,
): Promise<readonly KeptSubmission[]> => stores.submissions.touchpointsOf(await recordsOf(stores, lead), maxTouchpoints);

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
