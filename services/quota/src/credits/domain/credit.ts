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

/** Whether the credit of an order was granted and reversed. The two may arrive in any order, and each counts once. */
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

type OrderEvent = EnvelopeOf<typeof opportunityWon | typeof orderCancelled>;

export const creditId = (orderId: string): string => `credit-${orderId}`;

/** Credits a whole order to its owner; a cancellation reverses it. `creditDay` is the company’s day of the order or of its cancellation. */
export const creditOrder = (credit: Credit, event: OrderEvent, creditDay: Day): Decision<CreditFact, never> => {
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

/** The amount that an event adds to the owner's sum, in minor units. */
export const amountOf = ({ name, data }: Happened<CreditFact>): number =>
  name === 'CreditGranted' ? data.amount.minor : -data.amount.minor;
