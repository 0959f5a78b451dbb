import { customerResponded, type OpportunityFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Instant, type Refusal, type RepId } from '@meilenstein/kernel';
import { checkFromCustomer, confidentialOf, publishedOf, type CustomerEvidence } from './customer-evidence.ts';
import { checkCompanyDay, type LiveChecks } from './live-checks.ts';
import type { Opportunity } from './opportunity.ts';

type Code =
  | 'opportunity-not-found'
  | 'opportunity-closed'
  | 'evidence-not-from-customer'
  | 'evidence-too-old'
  | 'evidence-in-future'
  | 'evidence-before-owner';

export type RecordResponse = Pick<CustomerEvidence, 'by' | 'occurredAt' | 'channel' | 'quote'> & {
  readonly responseId: string;
  readonly kind: Extract<OpportunityFact, { name: 'CustomerResponded' }>['data']['kind'];
  readonly recordedBy: RepId | null;
};

/** Records that the customer got in touch and reached no milestone: the opportunity is not silent any more, and stays where it is. */
export const recordResponse = (
  opportunity: Opportunity,
  response: RecordResponse,
  { now, live }: { readonly now: Instant; readonly live: LiveChecks },
): Decision<OpportunityFact, Refusal<Code>> => {
  if (opportunity.status === 'none') return refused('opportunity-not-found', 'there is no such opportunity');
  if (opportunity.status !== 'open')
    return refused('opportunity-closed', `the opportunity is ${opportunity.status}; reopen it if the customer came back`);
  const { responseId, kind, occurredAt, recordedBy } = response;
  const refusal = checkFromCustomer(response, now) ?? checkCompanyDay({ occurredAt, field: 'occurredAt' }, live);
  if (refusal !== undefined) return { refused: refusal };
  const confidential = confidentialOf({ by: response.by, quote: response.quote });
  return decided(
    customerResponded.of(
      { ...opportunity.dimensions, responseId, kind, ...publishedOf(response), recordedBy },
      { occurredAt, ...(confidential === undefined ? {} : { confidential }) },
    ),
  );
};
