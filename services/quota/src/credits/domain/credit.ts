import {
  creditGranted,
  creditReversed,
  type CreditFact,
  type EnvelopeOf,
  type Happened,
  type opportunityWon,
  type orderCancelled,
  type orderCorrected,
  type orderPartiallyCancelled,
  type orderTeamCorrected,
} from '@meilenstein/contracts';
import { decided, type Day, type Decision, type Instant } from '@meilenstein/kernel';

/** Whether the credit of an order was granted and reversed, and which corrections and partial cancellations were applied. They may arrive in any order, and each counts once. */
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

type OrderEvent = EnvelopeOf<
  typeof opportunityWon | typeof orderCancelled | typeof orderPartiallyCancelled | typeof orderCorrected | typeof orderTeamCorrected
>;

/** Which correction an event is: its sequence, which is given again in a later generation of pipeline's history. */
const correctionOf = ({ generation = 0, sequence }: OrderEvent): number => generation * 10 ** 10 + sequence;

export const creditId = (orderId: string): string => `credit-${orderId}`;

/** The company's day of an instant. */
type DayOf = (at: Instant) => Day;

/** What a credit says of the order, whatever the event. */
const shareOf = ({ data, recordedAt }: OrderEvent, dayOf: DayOf) => {
  const { orderId, opportunityId, repId, teamId, reportingAmount, orderedAt } = data;
  const about = { creditId: creditId(orderId), orderId, opportunityId, repId, teamId, kind: 'revenue' as const, share: '100' };
  return { ...about, amount: reportingAmount, orderedAt, creditDay: dayOf(orderedAt), recordedDay: dayOf(recordedAt) };
};

/**
 * Credits a whole order to its owner, on the company's day of the order; a cancellation reverses it or a part of it on its own day. Where
 * the order was corrected, what was credited is reversed on its day and for its team, and the order as it is in force is credited instead.
 */
export const creditOrder = (credit: Credit, event: OrderEvent, dayOf: DayOf): Decision<CreditFact, never> => {
  const share = shareOf(event, dayOf);
  const times = { occurredAt: event.occurredAt, recordedAt: event.recordedAt };
  if (event.name === 'OpportunityWon') return credit.granted ? decided() : decided(creditGranted.of(share, times));
  if (event.name === 'OrderCancelled') {
    const creditDay = dayOf(event.data.cancelledAt);
    return credit.reversed ? decided() : decided(creditReversed.of({ ...share, creditDay }, times));
  }
  const correctedBy = correctionOf(event);
  if (credit.corrections?.includes(correctedBy) === true) return decided();
  const correction = { ...share, correctedBy };
  switch (event.name) {
    case 'OrderPartiallyCancelled': {
      const { cancelled, cancelledAt } = event.data;
      const part = { ...correction, amount: cancelled.reportingAmount, creditDay: dayOf(cancelledAt) };
      return decided(creditReversed.of(part, times));
    }
    case 'OrderCorrected': {
      const { reportingAmount: amount, orderedAt, teamId } = event.data.previous;
      const credited = { ...correction, amount, orderedAt, teamId, creditDay: dayOf(orderedAt) };
      return decided<CreditFact>(creditReversed.of(credited, times), creditGranted.of(correction, times));
    }
    case 'OrderTeamCorrected':
      return decided<CreditFact>(
        creditReversed.of({ ...correction, teamId: event.data.previousTeamId }, times),
        creditGranted.of(correction, times),
      );
  }
};

/** The amount that an event adds to the owner's sum, in minor units. */
export const amountOf = ({ name, data }: Happened<CreditFact>): number =>
  name === 'CreditGranted' ? data.amount.minor : -data.amount.minor;
