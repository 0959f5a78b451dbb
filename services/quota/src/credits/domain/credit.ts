import {
  creditGranted,
  creditReversed,
  type CreditFact,
  type EnvelopeOf,
  type Happened,
  type opportunityWon,
  type orderCancelled,
} from '@meilenstein/contracts';
import { decided, type Day, type Decision } from '@meilenstein/kernel';

/** What became of one order's credit; both may come in any order, each counts once. */
export type Credit = { readonly granted: boolean; readonly reversed: boolean };

export const noCredit: Credit = { granted: false, reversed: false };

export const evolveCredit = (credit: Credit, fact: Happened<CreditFact>): Credit => {
  switch (fact.name) {
    case 'CreditGranted':
      return { ...credit, granted: true };
    case 'CreditReversed':
      return { ...credit, reversed: true };
  }
};

type Heard = EnvelopeOf<typeof opportunityWon | typeof orderCancelled>;

export const creditId = (orderId: string): string => `credit-${orderId}`;

/** The whole order is the owner's credit; a cancellation takes it back. `creditDay`: the company’s day of the order or of its cancellation. */
export const creditOrder = (credit: Credit, event: Heard, creditDay: Day): Decision<CreditFact, never> => {
  const { orderId, opportunityId, repId, teamId, reportingAmount, orderedAt } = event.data;
  const share = {
    creditId: creditId(orderId),
    orderId,
    opportunityId,
    repId,
    teamId,
    kind: 'revenue' as const,
    share: '100',
    amount: reportingAmount,
    orderedAt,
    creditDay,
  };
  const times = { occurredAt: event.occurredAt, recordedAt: event.recordedAt };
  if (event.name === 'OpportunityWon') return credit.granted ? decided() : decided(creditGranted.of(share, times));
  return credit.reversed ? decided() : decided(creditReversed.of(share, times));
};

/** What a fact adds to the owner's sum, in minor units. */
export const creditedBy = ({ name, data }: Happened<CreditFact>): number =>
  name === 'CreditGranted' ? data.amount.minor : -data.amount.minor;
