import {
  earliestFact,
  milestoneReached,
  opportunityWon,
  type FrozenRate,
  type Milestone,
  type OpportunityFact,
} from '@meilenstein/contracts';
import {
  convertWithin,
  decided,
  refused,
  type Currency,
  type Decision,
  type Instant,
  type Money,
  type Refusal,
  type RepId,
} from '@meilenstein/kernel';
import type { Opportunity } from './opportunity.ts';
import { partyRoleOf, typedRole } from './party-role.ts';

export type CustomerEvidence = {
  readonly act: Milestone['provenBy'][number];
  readonly by: { readonly party: 'customer' | 'us'; readonly role: string };
  readonly occurredAt: Instant;
  readonly channel: Extract<OpportunityFact, { name: 'MilestoneReached' }>['data']['channel'];
  readonly quote?: string | undefined;
  readonly artefact?: { readonly reference: string; readonly sha256: string } | undefined;
};

export type RecordMilestone = {
  readonly milestoneId: string;
  readonly evidence: CustomerEvidence | undefined;
  /** what was ordered; only with the last milestone */
  readonly amount: Money | undefined;
  readonly recordedBy: RepId | null;
  /** the id of the order where another system has named it; absent: the next one of the opportunity */
  readonly orderId?: string | undefined;
  /** the row of an import */
  readonly rowId?: string | undefined;
};

/** The rate of the order's day into the reporting currency; undefined where the company published none. */
export type RateOf = (currency: Currency, at: Instant) => { readonly rate: FrozenRate; readonly reportingCurrency: Currency } | undefined;

type Code =
  | 'opportunity-not-found'
  | 'opportunity-closed'
  | 'milestone-not-found'
  | 'milestone-already-reached'
  | 'evidence-missing'
  | 'evidence-not-from-customer'
  | 'act-not-accepted'
  | 'evidence-too-old'
  | 'evidence-in-future'
  | 'amount-missing'
  | 'amount-not-positive'
  | 'rate-missing'
  | 'amount-too-large';
type Open = Extract<Opportunity, { status: 'open' }>;
type Proven = { readonly evidence: CustomerEvidence };

/** The surroundings of the decision: the milestones of the opportunity's own version of the process, the rates, and the time. */
export type Around = { readonly milestones: readonly Milestone[]; readonly rateOf: RateOf; readonly now: Instant };

/**
 * An opportunity advances only when the customer did, said or wrote something. Milestones may be skipped, each counts once; the last
 * one is the order.
 */
export const recordMilestone = (
  opportunity: Opportunity,
  command: RecordMilestone,
  around: Around,
): Decision<OpportunityFact, Refusal<Code>> => {
  if (opportunity.status === 'none') return refused('opportunity-not-found', 'there is no such opportunity');
  if (opportunity.status !== 'open')
    return refused('opportunity-closed', `an opportunity that is ${opportunity.status} reaches no further milestone`);
  const index = around.milestones.findIndex((one) => one.id === command.milestoneId);
  const milestone = around.milestones[index];
  if (milestone === undefined)
    return refused('milestone-not-found', `this process has ${around.milestones.map((one) => one.id).join(', ')}`, {
      field: 'milestoneId',
      value: command.milestoneId,
    });
  if (opportunity.reached.some((reached) => reached.milestoneId === milestone.id))
    return refused('milestone-already-reached', 'each milestone is reached once', { field: 'milestoneId', value: milestone.id });
  const proven = prove(milestone, command.evidence, around.now);
  if ('refused' in proven) return proven;
  const reached = reachedFact(opportunity, command, { milestone, position: index + 1, evidence: proven.evidence });
  if (index < around.milestones.length - 1) return decided(reached);
  const won = win(opportunity, command, proven.evidence, around.rateOf);
  return 'refused' in won ? won : decided(reached, won.fact);
};

const prove = (
  milestone: Milestone,
  evidence: CustomerEvidence | undefined,
  now: Instant,
): Proven | { readonly refused: Refusal<Code> } => {
  if (evidence === undefined)
    return refused('evidence-missing', 'say what the customer did, said or wrote: act, by, occurredAt, channel', { field: 'evidence' });
  if (evidence.by.party === 'us')
    return refused('evidence-not-from-customer', 'what we do never moves an opportunity; record it when the customer acts', {
      field: 'evidence.by.party',
      value: 'us',
    });
  if (!milestone.provenBy.includes(evidence.act))
    return refused('act-not-accepted', `${milestone.id} is proven by what the customer ${milestone.provenBy.join(' or ')}`, {
      field: 'evidence.act',
      value: evidence.act,
    });
  if (evidence.occurredAt < earliestFact)
    return refused('evidence-too-old', `evidence is of ${earliestFact.slice(0, 10)} or later`, {
      field: 'evidence.occurredAt',
      value: evidence.occurredAt,
    });
  if (evidence.occurredAt > now)
    return refused('evidence-in-future', 'evidence is of something that has happened', {
      field: 'evidence.occurredAt',
      value: evidence.occurredAt,
    });
  return { evidence };
};

const reachedFact = (
  opportunity: Open,
  command: RecordMilestone,
  { milestone, position, evidence }: Proven & { readonly milestone: Milestone; readonly position: number },
): OpportunityFact => {
  const { act, channel, by, occurredAt, quote, artefact } = evidence;
  const role = typedRole(by.role);
  const hidden = {
    ...(quote === undefined ? {} : { quote }),
    ...(role === undefined ? {} : { role }),
    ...(artefact === undefined ? {} : { artefact }),
  };
  return milestoneReached.of(
    {
      ...opportunity.dimensions,
      milestoneId: milestone.id,
      position,
      act,
      channel,
      partyRole: partyRoleOf(by.role),
      recordedBy: command.recordedBy,
      ...(command.rowId === undefined ? {} : { rowId: command.rowId }),
    },
    { occurredAt, ...(Object.keys(hidden).length === 0 ? {} : { confidential: hidden }) },
  );
};

const win = (
  opportunity: Open,
  command: RecordMilestone,
  evidence: CustomerEvidence,
  rateOf: RateOf,
): { readonly fact: OpportunityFact } | { readonly refused: Refusal<Code> } => {
  const amount = command.amount ?? opportunity.dimensions.amount;
  if (amount === null) return refused('amount-missing', 'an order has an amount: send it with the milestone', { field: 'amount' });
  if (amount.minor <= 0) return refused('amount-not-positive', 'an order is worth more than 0', { field: 'amount' });
  const found = rateOf(amount.currency, evidence.occurredAt);
  if (found === undefined)
    return refused('rate-missing', 'publish a rate of this currency for the day of the order, in the settings', {
      field: 'amount.currency',
      value: amount.currency,
    });
  const { rate, reportingCurrency } = found;
  const orderId = command.orderId ?? `${opportunity.dimensions.opportunityId}-${opportunity.orders + 1}`;
  const reportingAmount = convertWithin(amount, rate.value, reportingCurrency);
  if (reportingAmount === undefined)
    return refused('amount-too-large', `at the rate ${rate.value} it is more ${reportingCurrency} than can be counted to the cent`, {
      field: 'amount',
      value: String(amount.minor),
    });
  return {
    fact: opportunityWon.of(
      { ...opportunity.dimensions, orderId, amount, rate, reportingAmount, orderedAt: evidence.occurredAt },
      { occurredAt: evidence.occurredAt },
    ),
  };
};
