import {
  creditGranted,
  creditReversed,
  type CreditFact,
  type EnvelopeOf,
  type Happened,
  type opportunityWon,
  type orderCancelled,
  type orderTeamCorrected,
} from '@meilenstein/contracts';
import { decided, type Day, type Decision } from '@meilenstein/kernel';

/** Whether the credit of an order was granted and reversed, and which corrections of its team were applied. They may arrive in any order, and each counts once. */
export type Credit = { readonly granted: boolean; readonly reversed: boolean; readonly corrections?: readonly number[] | undefined };

export const noCredit: Credit = { granted: false, reversed: false };

export const evolveCredit = (credit: Credit, { name, data: { correctedBy } }: Happened<CreditFact>): Credit => {
  if (correctedBy !== undefined) return { ...credit, corrections: [...new Set([...(credit.corrections ?? []), correctedBy])] };
  switch (name) {
    case 'CreditGranted':
      return { ...credit, granted: true };
    case 'CreditReversed':
      return { ...credit, reversed: true };
  }
};

type OrderEvent = EnvelopeOf<typeof opportunityWon | typeof orderCancelled | typeof orderTeamCorrected>;

/** Which correction an event is: its sequence, which is given again in a later generation of pipeline's history. */
const correctionOf = ({ generation = 0, sequence }: OrderEvent): number => generation * 10 ** 10 + sequence;

export const creditId = (orderId: string): string => `credit-${orderId}`;

/** The company's days: of the order or its cancellation, and on which it became known. */
export type CreditDays = { readonly creditDay: Day; readonly recordedDay: Day };

/**
 * Credits a whole order to its owner; a cancellation reverses it. `creditDay` is the company’s day of the order or of its cancellation. Where
 * the team of the order was corrected, the credit moves to that team on the day of the order.
 */
export const creditOrder = (credit: Credit, event: OrderEvent, { creditDay, recordedDay }: CreditDays): Decision<CreditFact, never> => {
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
    recordedDay,
  };
  const times = { occurredAt: event.occurredAt, recordedAt: event.recordedAt };
  switch (event.name) {
    case 'OpportunityWon':
      return credit.granted ? decided() : decided(creditGranted.of(share, times));
    case 'OrderCancelled':
      return credit.reversed ? decided() : decided(creditReversed.of(share, times));
    case 'OrderTeamCorrected': {
      const correctedBy = correctionOf(event);
      if (credit.corrections?.includes(correctedBy) === true) return decided();
      const correction = { ...share, correctedBy };
      return decided<CreditFact>(
        creditReversed.of({ ...correction, teamId: event.data.previousTeamId }, times),
        creditGranted.of(correction, times),
      );
    }
  }
};

/** The amount that an event adds to the owner's sum, in minor units. */
export const amountOf = ({ name, data }: Happened<CreditFact>): number =>
  name === 'CreditGranted' ? data.amount.minor : -data.amount.minor;
