import { milestoneReached, opportunityWon, type Milestone, type OpportunityFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Instant, type Money, type Refusal, type RepId } from '@meilenstein/kernel';
import { checkEvidence, confidentialOf, publishedOf, type CustomerEvidence } from './customer-evidence.ts';
import { checkCompanyDay, checkOrderDay, type LiveChecks } from './live-checks.ts';
import type { Opportunity } from './opportunity.ts';
import { orderWorth, type RateOf } from './order-worth.ts';
import type { TeamAt } from './owner-team.ts';

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

type Told = {
  readonly command: RecordMilestone;
  readonly evidence: CustomerEvidence;
  readonly isOrder: boolean;
  readonly teamAt: TeamAt;
};

/** Nothing happened before there was anybody to see it, nobody is credited with an order of a day before joining, and a closed month stays closed. */
const checkLive = (opportunity: Open, { command, evidence, isOrder, teamAt }: Told, live: LiveChecks): Refusal<Code> | undefined => {
  const told = { occurredAt: evidence.occurredAt, field: 'evidence.occurredAt' };
  return isOrder
    ? checkOrderDay({ ...told, repId: opportunity.dimensions.repId, restates: command.restates }, teamAt, live)
    : checkCompanyDay(told, live);
};

const milestoneFact = (
  opportunity: Open,
  command: RecordMilestone,
  { milestone, position, evidence }: { readonly milestone: Milestone; readonly position: number; readonly evidence: CustomerEvidence },
): OpportunityFact => {
  const { act, occurredAt } = evidence;
  const confidential = confidentialOf(evidence);
  return milestoneReached.of(
    {
      ...opportunity.dimensions,
      milestoneId: milestone.id,
      position,
      act,
      ...publishedOf(evidence),
      recordedBy: command.recordedBy,
      ...(command.rowId === undefined ? {} : { rowId: command.rowId }),
    },
    { occurredAt, ...(confidential === undefined ? {} : { confidential }) },
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
  const valued = orderWorth(amount, {
    orderedAt: evidence.occurredAt,
    rateOf,
    history: command.confirm === true ? undefined : live?.history,
  });
  if ('refused' in valued) return valued;
  const orderId = command.orderId ?? `${opportunity.dimensions.opportunityId}-${opportunity.orders + 1}`;
  return {
    fact: opportunityWon.of(
      {
        ...opportunity.dimensions,
        orderId,
        ...valued.worth,
        orderedAt: evidence.occurredAt,
        ...(live !== undefined && evidence.occurredAt < live.openSince ? { restates: true as const } : {}),
      },
      { occurredAt: evidence.occurredAt },
    ),
  };
};
