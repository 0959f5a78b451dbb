import { earliestFact, type Milestone, type OpportunityFact } from '@meilenstein/contracts';
import { refusal, type Instant, type Refusal } from '@meilenstein/kernel';
import { partyRoleOf, typedRole } from './party-role.ts';

type Party = { readonly party: 'customer' | 'us'; readonly role: string };
type Channel = Extract<OpportunityFact, { name: 'MilestoneReached' }>['data']['channel'];

/** What the customer did, said or wrote, as somebody tells it. */
export type CustomerEvidence = {
  readonly act: Milestone['provenBy'][number];
  readonly by: Party;
  readonly occurredAt: Instant;
  readonly channel: Channel;
  readonly quote?: string | undefined;
  readonly artefact?: { readonly reference: string; readonly sha256: string } | undefined;
};

type Told = Pick<CustomerEvidence, 'by' | 'occurredAt'>;

/** Where the fields of what is told stand in the request. */
type FieldOf = (name: string) => string;
const inEvidence: FieldOf = (name) => `evidence.${name}`;

type TimeCode = 'evidence-too-old' | 'evidence-in-future';

/** A time that nobody can have recorded by now, or that is a typing error. */
export const checkTime = (occurredAt: Instant, now: Instant, field: string): Refusal<TimeCode> | undefined => {
  const about = { field, value: occurredAt };
  if (occurredAt < earliestFact)
    return refusal('evidence-too-old', `evidence may be from ${earliestFact.slice(0, 10)} at the earliest`, about);
  return occurredAt > now
    ? refusal('evidence-in-future', 'the evidence is dated in the future; record what has already happened', about)
    : undefined;
};

/** What is told must be the customer's doing, and have happened. */
export const checkFromCustomer = (
  { by, occurredAt }: Told,
  now: Instant,
  fieldOf: FieldOf = (name) => name,
): Refusal<'evidence-not-from-customer' | TimeCode> | undefined =>
  by.party === 'us'
    ? refusal('evidence-not-from-customer', 'what we do never moves an opportunity; record it when the customer acts', {
        field: fieldOf('by.party'),
        value: 'us',
      })
    : checkTime(occurredAt, now, fieldOf('occurredAt'));

/** Evidence must be the customer's, prove the milestone, and have happened. */
export const checkEvidence = (
  milestone: Milestone,
  evidence: CustomerEvidence,
  now: Instant,
): Refusal<'evidence-not-from-customer' | 'act-not-accepted' | TimeCode> | undefined =>
  evidence.by.party === 'customer' && !milestone.provenBy.includes(evidence.act)
    ? refusal('act-not-accepted', `${milestone.id} is proven by what the customer ${milestone.provenBy.join(' or ')}`, {
        field: 'evidence.act',
        value: evidence.act,
      })
    : checkFromCustomer(evidence, now, inEvidence);

/** The customer's own words, which stay in this service; undefined where there are none. */
export const confidentialOf = ({ by, quote, artefact }: Pick<CustomerEvidence, 'by' | 'quote' | 'artefact'>) => {
  const role = typedRole(by.role);
  const confidential = {
    ...(quote === undefined ? {} : { quote }),
    ...(role === undefined ? {} : { role }),
    ...(artefact === undefined ? {} : { artefact }),
  };
  return Object.keys(confidential).length === 0 ? undefined : confidential;
};

/** What is published of the customer's evidence. */
export const publishedOf = ({ by, channel }: Pick<CustomerEvidence, 'by' | 'channel'>) => ({ channel, partyRole: partyRoleOf(by.role) });
