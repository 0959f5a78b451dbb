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
  refusal,
  refused,
  type Currency,
  type Decision,
  type Instant,
  type Money,
  type Refusal,
  type RepId,
} from '@meilenstein/kernel';
import type { Opportunity } from './opportunity.ts';
import { checkUsual, type OrderHistory } from './order-history.ts';
import type { TeamAt } from './owner-team.ts';
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
  /** the order's id from another system; absent: the next id of the opportunity */
  readonly orderId?: string | undefined;
  /** the order lies in a month that is closed, which is to be reported again */
  readonly restates?: true | undefined;
  /** the amount is right, although it is far outside the company's orders */
  readonly confirm?: true | undefined;
  /** the imported row that records it */
  readonly rowId?: string | undefined;
};

/** The rate into the reporting currency on the day of the order; undefined where the company published none. */
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
  | 'evidence-before-owner'
  | 'period-closed'
  | 'amount-not-with-milestone'
  | 'amount-unusual'
  | 'amount-missing'
  | 'amount-not-positive'
  | 'rate-missing'
  | 'amount-too-large';
type Open = Extract<Opportunity, { status: 'open' }>;

/** What is asked of a fact that is told today; imported history was true before this system knew anybody. */
export type LiveChecks = {
  /** the oldest instant at which anybody belonged to the company; null before there is an organisation */
  readonly companySince: Instant | null;
  /** the beginning of the oldest month that is open */
  readonly openSince: Instant;
  readonly history: OrderHistory;
};

/** What the rule needs beside the opportunity: the milestones of the process version that it began with, the rates, and the time. */
export type MilestoneContext = {
  readonly milestones: readonly Milestone[];
  readonly rateOf: RateOf;
  readonly teamAt: TeamAt;
  readonly now: Instant;
  readonly live?: LiveChecks;
};

/**
 * An opportunity advances only when the customer did, said or wrote something. Milestones may be skipped, and each counts once. The last
 * one is the order.
 */
export const recordMilestone = (
  opportunity: Opportunity,
  command: RecordMilestone,
  context: MilestoneContext,
): Decision<OpportunityFact, Refusal<Code>> => {
  if (opportunity.status === 'none') return refused('opportunity-not-found', 'there is no such opportunity');
  if (opportunity.status !== 'open')
    return refused('opportunity-closed', `the opportunity is ${opportunity.status} and cannot reach another milestone`);
  const index = context.milestones.findIndex((one) => one.id === command.milestoneId);
  const milestone = context.milestones[index];
  if (milestone === undefined)
    return refused('milestone-not-found', `the milestones of this process are ${context.milestones.map((one) => one.id).join(', ')}`, {
      field: 'milestoneId',
      value: command.milestoneId,
    });
  if (opportunity.reached.some((reached) => reached.milestoneId === milestone.id))
    return refused('milestone-already-reached', 'each milestone is reached once', { field: 'milestoneId', value: milestone.id });
  const { evidence } = command;
  if (evidence === undefined)
    return refused('evidence-missing', 'say what the customer did, said or wrote: act, by, occurredAt, channel', { field: 'evidence' });
  const evidenceRefusal = checkEvidence(milestone, evidence, context.now);
  if (evidenceRefusal !== undefined) return { refused: evidenceRefusal };
  const owned = withTeamOf(opportunity, context.teamAt, evidence.occurredAt);
  const reached = milestoneFact(owned, command, { milestone, position: index + 1, evidence });
  const isOrder = index === context.milestones.length - 1;
  if (!isOrder && command.amount !== undefined)
    return refused('amount-not-with-milestone', 'send the amount with the last milestone, or amend the opportunity', {
      field: 'amount',
    });
  const refusal = context.live && checkLive(owned, { command, evidence, isOrder, teamAt: context.teamAt }, context.live);
  if (refusal !== undefined) return { refused: refusal };
  if (!isOrder) return decided(reached);
  const won = winOpportunity(owned, command, evidence, context);
  return 'refused' in won ? won : decided(reached, won.fact);
};

/** A milestone and an order belong to the team to which the owner belonged on their day. */
const withTeamOf = (opportunity: Open, teamAt: TeamAt, at: Instant): Open => {
  const { dimensions } = opportunity;
  return { ...opportunity, dimensions: { ...dimensions, teamId: teamAt(dimensions.repId, at) ?? dimensions.teamId } };
};

const checkEvidence = (milestone: Milestone, evidence: CustomerEvidence, now: Instant): Refusal<Code> | undefined => {
  if (evidence.by.party === 'us')
    return refusal('evidence-not-from-customer', 'what we do never moves an opportunity; record it when the customer acts', {
      field: 'evidence.by.party',
      value: 'us',
    });
  if (!milestone.provenBy.includes(evidence.act))
    return refusal('act-not-accepted', `${milestone.id} is proven by what the customer ${milestone.provenBy.join(' or ')}`, {
      field: 'evidence.act',
      value: evidence.act,
    });
  if (evidence.occurredAt < earliestFact)
    return refusal('evidence-too-old', `evidence may be from ${earliestFact.slice(0, 10)} at the earliest`, {
      field: 'evidence.occurredAt',
      value: evidence.occurredAt,
    });
  if (evidence.occurredAt > now)
    return refusal('evidence-in-future', 'the evidence is dated in the future; record what has already happened', {
      field: 'evidence.occurredAt',
      value: evidence.occurredAt,
    });
  return undefined;
};

type Told = {
  readonly command: RecordMilestone;
  readonly evidence: CustomerEvidence;
  readonly isOrder: boolean;
  readonly teamAt: TeamAt;
};

/** Nothing happened before there was anybody to see it, nobody is credited with an order of a day before joining, and a closed month stays closed. */
const checkLive = (opportunity: Open, { command, evidence, isOrder, teamAt }: Told, live: LiveChecks): Refusal<Code> | undefined => {
  const { occurredAt } = evidence;
  const about = { field: 'evidence.occurredAt', value: occurredAt };
  const isBeforeCompany = live.companySince !== null && occurredAt < live.companySince;
  if (isBeforeCompany || (isOrder && live.companySince !== null && teamAt(opportunity.dimensions.repId, occurredAt) === undefined))
    return refusal('evidence-before-owner', 'on that day the owner did not belong to the company yet', about);
  if (isOrder && occurredAt < live.openSince && command.restates !== true)
    return refusal(
      'period-closed',
      `months before ${live.openSince.slice(0, 10)} are closed; send restates: true if they are to be reported again`,
      about,
    );
  return undefined;
};

const milestoneFact = (
  opportunity: Open,
  command: RecordMilestone,
  { milestone, position, evidence }: { readonly milestone: Milestone; readonly position: number; readonly evidence: CustomerEvidence },
): OpportunityFact => {
  const { act, channel, by, occurredAt, quote, artefact } = evidence;
  const role = typedRole(by.role);
  const confidential = {
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
    { occurredAt, ...(Object.keys(confidential).length === 0 ? {} : { confidential }) },
  );
};

const winOpportunity = (
  opportunity: Open,
  command: RecordMilestone,
  evidence: CustomerEvidence,
  { rateOf, live }: MilestoneContext,
): { readonly fact: OpportunityFact } | { readonly refused: Refusal<Code> } => {
  const amount = command.amount ?? opportunity.dimensions.amount;
  if (amount === null) return refused('amount-missing', 'an order has an amount: send it with the milestone', { field: 'amount' });
  if (amount.minor <= 0) return refused('amount-not-positive', 'an order is worth more than 0', { field: 'amount' });
  const orderRate = rateOf(amount.currency, evidence.occurredAt);
  if (orderRate === undefined)
    return refused('rate-missing', 'publish a rate for this currency and the day of the order in the settings', {
      field: 'amount.currency',
      value: amount.currency,
    });
  const { rate, reportingCurrency } = orderRate;
  const orderId = command.orderId ?? `${opportunity.dimensions.opportunityId}-${opportunity.orders + 1}`;
  const reportingAmount = convertWithin(amount, rate.value, reportingCurrency);
  if (reportingAmount === undefined)
    return refused('amount-too-large', `at the rate ${rate.value} the amount in ${reportingCurrency} is too large to be counted exactly`, {
      field: 'amount',
      value: String(amount.minor),
    });
  const unusual = live && command.confirm !== true ? checkUsual(live.history, reportingAmount) : undefined;
  if (unusual !== undefined) return { refused: unusual };
  return {
    fact: opportunityWon.of(
      {
        ...opportunity.dimensions,
        orderId,
        amount,
        rate,
        reportingAmount,
        orderedAt: evidence.occurredAt,
        ...(live !== undefined && evidence.occurredAt < live.openSince ? { restates: true as const } : {}),
      },
      { occurredAt: evidence.occurredAt },
    ),
  };
};
