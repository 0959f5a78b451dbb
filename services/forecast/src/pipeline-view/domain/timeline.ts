import type { Instant, ProcessId, RepId, TeamId } from '@meilenstein/kernel';
import type { OpportunityDimensions } from '@meilenstein/contracts';
import { eventsInForce, type OpportunityEnvelope } from './events-in-force.ts';

/** How a customer shows that a milestone is reached. */
export const acts = ['did', 'said', 'wrote'] as const;
export type Act = (typeof acts)[number];

/** The last milestone that the customer reached; null: none yet. */
export type MilestoneState = string | null;

/** `act`: the kind of evidence of the exit; null if only the order itself is known. */
export type ExitTo =
  | { readonly kind: 'won'; readonly act: Act | null }
  | { readonly kind: 'lost' }
  | { readonly kind: 'milestone'; readonly milestoneId: string; readonly act: Act };

/** A dwell at a milestone between two recordings. The last one of an open opportunity has no end. `begunBy`: the sequence of the event that began it. */
export type TimelineDwell = {
  readonly milestoneId: MilestoneState;
  readonly begunBy: number;
  readonly since: Instant;
  readonly end: { readonly at: Instant; readonly to: ExitTo } | null;
  /** its team and segment when it began */
  readonly teamId: TeamId;
  readonly segment: string | null;
};

/** An order, or its cancellation (`sign` -1), in minor units of the reporting currency. */
type Booking = {
  readonly sign: 1 | -1;
  readonly minor: number;
  readonly currency: string;
  readonly recordedAt: Instant;
  /** the amount that was known just before, at the rate of the order; null: unknown */
  readonly known: number | null;
  readonly repId: RepId;
  readonly teamId: TeamId;
};

/** An owner, team and segment, and since when. */
type Assignment = { readonly since: Instant; readonly repId: RepId; readonly teamId: TeamId; readonly segment: string | null };

export type Amount = OpportunityDimensions['amount'];

/** What one opportunity has been through, by the time of recording. The first three lists are never empty. */
export type Timeline = {
  readonly status: 'open' | 'won' | 'lost';
  readonly processId: ProcessId;
  readonly position: number;
  readonly dwells: readonly TimelineDwell[];
  readonly assignments: readonly Assignment[];
  readonly amounts: readonly { readonly since: Instant; readonly amount: Amount }[];
  readonly bookings: readonly Booking[];
  /** when the customer last did, said or wrote anything; before the first evidence, when it was opened */
  readonly lastEvidenceAt: Instant;
};

/** An opportunity's id and timeline. */
export type OpportunityTimeline = { readonly id: string; readonly timeline: Timeline };

type Order = Extract<OpportunityEnvelope, { readonly name: 'OpportunityWon' | 'OrderCancelled' }>;
type Correction = Extract<OpportunityEnvelope, { readonly name: 'OrderCorrected' | 'OrderPartiallyCancelled' }>;
type Owned = Pick<OpportunityDimensions, 'repId' | 'teamId' | 'segment' | 'amount'>;

const begun = (data: OpportunityDimensions, { since, begunBy }: Pick<TimelineDwell, 'since' | 'begunBy'>): Timeline => {
  const { processId, repId, teamId, segment, amount } = data;
  return {
    status: 'open',
    processId,
    position: 0,
    dwells: [{ milestoneId: null, begunBy, since, end: null, teamId, segment }],
    assignments: [{ since, repId, teamId, segment }],
    amounts: [{ since, amount }],
    bookings: [],
    lastEvidenceAt: since,
  };
};

const sameAmount = (a: Amount, b: Amount): boolean => a?.minor === b?.minor && a?.currency === b?.currency;

/** Takes over owner, segment and amount from an event. Lists grow only if something changed. */
const owned = (timeline: Timeline, { repId, teamId, segment, amount }: Owned, since: Instant): Timeline => {
  const [assignment, last] = [timeline.assignments.at(-1), timeline.amounts.at(-1)];
  const moved = assignment?.repId !== repId || assignment.teamId !== teamId || assignment.segment !== segment;
  return {
    ...timeline,
    assignments: moved ? [...timeline.assignments, { since, repId, teamId, segment }] : timeline.assignments,
    amounts: last !== undefined && sameAmount(last.amount, amount) ? timeline.amounts : [...timeline.amounts, { since, amount }],
  };
};

const leave = (timeline: Timeline, to: ExitTo, at: Instant): Timeline => ({
  ...timeline,
  dwells: timeline.dwells.map((dwell) => (dwell.end === null ? { ...dwell, end: { at, to } } : dwell)),
});

/** The last milestone is the order. Reaching it and winning are recorded together and make one exit from the milestone before. */
const win = (timeline: Timeline, { recordedAt, sequence }: Order): Timeline => {
  const last = timeline.dwells.at(-1);
  const before = timeline.dwells.at(-2);
  const inOneBreath = last?.begunBy === sequence - 1 && last.since === recordedAt && before?.end?.to.kind === 'milestone';
  if (!inOneBreath || before?.end?.to.kind !== 'milestone') return leave(timeline, { kind: 'won', act: null }, recordedAt);
  const end = { at: before.end.at, to: { kind: 'won' as const, act: before.end.to.act } };
  return { ...timeline, dwells: [...timeline.dwells.slice(0, -2), { ...before, end }] };
};

const booked = (timeline: Timeline, booking: Booking): Timeline => ({ ...timeline, bookings: [...timeline.bookings, booking] });

/** The amount before the order in the reporting currency, at the rate that the order itself carries, so that no other rate is needed. */
const knownBefore = (timeline: Timeline, { data }: Order): number | null => {
  const amount = timeline.amounts.at(-1)?.amount ?? null;
  if (amount === null) return null;
  if (amount.currency === data.reportingAmount.currency) return amount.minor;
  if (amount.currency !== data.amount.currency || data.amount.minor === 0) return null;
  return Math.round((amount.minor * data.reportingAmount.minor) / data.amount.minor);
};

const bookingOf = (timeline: Timeline, event: Order, sign: Booking['sign']): Booking => ({
  sign,
  minor: event.data.reportingAmount.minor,
  currency: event.data.reportingAmount.currency,
  recordedAt: event.recordedAt,
  // a cancellation reverses what the order added
  known: sign === -1 ? (timeline.bookings.findLast((one) => one.sign === 1)?.known ?? null) : knownBefore(timeline, event),
  repId: event.data.repId,
  teamId: event.data.teamId,
});

/** The order as it was before it was corrected or a part of it was cancelled. */
const previousOrder = ({ name, data }: Correction): Pick<Booking, 'minor' | 'teamId'> =>
  name === 'OrderCorrected'
    ? { minor: data.previous.reportingAmount.minor, teamId: data.previous.teamId }
    : { minor: data.reportingAmount.minor + data.cancelled.reportingAmount.minor, teamId: data.teamId };

/** A corrected order replaces the one before on the day on which the correction became known, so that earlier days stay as they were. */
const correctedBooking = (timeline: Timeline, event: Correction): Timeline => {
  const { reportingAmount, repId, teamId } = event.data;
  const known = timeline.bookings.findLast((one) => one.sign === 1)?.known ?? null;
  const about = { currency: reportingAmount.currency, recordedAt: event.recordedAt, known, repId };
  const before: Booking = { ...about, ...previousOrder(event), sign: -1 };
  return booked(booked(timeline, before), { ...about, minor: reportingAmount.minor, teamId, sign: 1 });
};

/** A loss or an order that does not hold any more: the customer is where they were before it. */
const reopened = (timeline: Timeline): Timeline => {
  const last = timeline.dwells.at(-1);
  if (last === undefined) return timeline;
  return { ...timeline, status: 'open', dwells: [...timeline.dwells.slice(0, -1), { ...last, end: null }] };
};

/** The order, and its cancellation, count for the team to which the owner belonged after all. */
const movedToTeam = (
  timeline: Timeline,
  { teamId, previousTeamId }: Extract<OpportunityEnvelope, { readonly name: 'OrderTeamCorrected' }>['data'],
): Timeline => ({
  ...timeline,
  bookings: timeline.bookings.map((booking) => (booking.teamId === previousTeamId ? { ...booking, teamId } : booking)),
});

/**
 * Adds one event to the timeline. A milestone before the furthest one changes only the time of the last evidence; after the end only a
 * cancellation counts. While an event is missing, the timeline is provisional; the complete set always gives the same one.
 */
const evolveTimeline = (timeline: Timeline | undefined, event: OpportunityEnvelope): Timeline | undefined => {
  const { recordedAt, sequence } = event;
  if (event.name === 'OpportunityAmended') return timeline?.status === 'open' ? owned(timeline, event.data.after, recordedAt) : timeline;
  const known = timeline ?? begun(event.data, { since: recordedAt, begunBy: sequence });
  switch (event.name) {
    case 'OpportunityOpened':
      return known;
    case 'MilestoneReached': {
      const { milestoneId, position, act, teamId, segment } = event.data;
      if (known.status !== 'open') return known;
      const awake = { ...known, lastEvidenceAt: recordedAt };
      if (position <= known.position) return awake;
      const left = owned(leave(awake, { kind: 'milestone', milestoneId, act }, recordedAt), event.data, recordedAt);
      return {
        ...left,
        position,
        dwells: [...left.dwells, { milestoneId, begunBy: sequence, since: recordedAt, end: null, teamId, segment }],
      };
    }
    case 'OpportunityWon': {
      const ended = known.status === 'open' ? win(known, event) : known;
      return { ...booked(ended, bookingOf(known, event, 1)), status: 'won' };
    }
    case 'CustomerResponded':
      return known.status === 'open' ? { ...known, lastEvidenceAt: recordedAt } : known;
    case 'OpportunityReopened':
      return owned(known.status === 'open' ? known : reopened(known), event.data, recordedAt);
    case 'OrderPartiallyCancelled':
    case 'OrderCorrected':
      return correctedBooking(known, event);
    case 'MilestoneWithdrawn':
    case 'EvidenceCorrected':
    case 'CustomerResponseWithdrawn':
      return known;
    case 'OpportunityLost':
      return known.status === 'open' ? { ...leave(known, { kind: 'lost' }, recordedAt), status: 'lost' } : known;
    case 'OrderTeamCorrected':
      return movedToTeam(known, event.data);
    case 'OrderCancelled': {
      const ended: Timeline = known.status === 'open' ? { ...leave(known, { kind: 'lost' }, recordedAt), status: 'lost' } : known;
      return booked(ended, bookingOf(known, event, -1));
    }
  }
};

/** The timeline of events in order of sequence; undefined while only amendments have been received. What was taken back has no part in it. */
export const timelineOf = (events: readonly OpportunityEnvelope[]): Timeline | undefined =>
  eventsInForce(events).reduce<Timeline | undefined>(evolveTimeline, undefined);
