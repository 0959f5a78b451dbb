import { epochMillis, type Instant, type ProcessId, type RepId, type TeamId } from '@meilenstein/kernel';
import type { OpportunityDimensions, PipelineEnvelope } from '@meilenstein/contracts';

/** The last milestone that the customer reached; null: none yet. */
export type MilestoneState = string | null;

export type ExitTo = { readonly kind: 'won' } | { readonly kind: 'lost' } | { readonly kind: 'milestone'; readonly milestoneId: string };

/** A stay that is over. `days`: whole days between the two recordings. */
export type EndedStay = { readonly from: MilestoneState; readonly to: ExitTo; readonly endedAt: Instant; readonly days: number };

/** An order, or its cancellation (`sign` -1), in minor units of the reporting currency. */
export type Booking = {
  /** position of its event: tells two bookings of one opportunity apart */
  readonly sequence: number;
  readonly sign: 1 | -1;
  readonly minor: number;
  readonly currency: string;
  readonly recordedAt: Instant;
  readonly repId: RepId;
  readonly teamId: TeamId;
};

export type Entry = { readonly milestoneId: MilestoneState; readonly recordedAt: Instant };

/** What one opportunity has been through, by the times at which the company knew it. */
export type Course = {
  readonly status: 'open' | 'won' | 'lost';
  readonly processId: ProcessId;
  readonly processVersion: number;
  readonly repId: RepId;
  readonly teamId: TeamId;
  readonly amount: OpportunityDimensions['amount'];
  readonly milestoneId: MilestoneState;
  readonly position: number;
  readonly since: Instant;
  readonly arrival: { readonly recordedAt: Instant; readonly repId: RepId; readonly teamId: TeamId } | null;
  readonly entries: readonly Entry[];
  readonly stays: readonly EndedStay[];
  readonly bookings: readonly Booking[];
};

export type OpportunityEnvelope = Exclude<PipelineEnvelope, { readonly name: 'ProcessPublished' }>;

const millisOfDay = 86_400_000;

/** Whole days from one instant to the other; a recording out of order counts as none. */
const wholeDays = (from: Instant, until: Instant): number =>
  Math.max(0, Math.floor((epochMillis(until) - epochMillis(from)) / millisOfDay));

const begun = (data: OpportunityDimensions, recordedAt: Instant): Course => ({
  status: 'open',
  processId: data.processId,
  processVersion: data.processVersion,
  repId: data.repId,
  teamId: data.teamId,
  amount: data.amount,
  milestoneId: null,
  position: 0,
  since: recordedAt,
  arrival: null,
  entries: [{ milestoneId: null, recordedAt }],
  stays: [],
  bookings: [],
});

const owned = (course: Course, data: Pick<OpportunityDimensions, 'repId' | 'teamId' | 'amount'>): Course => ({
  ...course,
  repId: data.repId,
  teamId: data.teamId,
  amount: data.amount,
});

const leave = (course: Course, to: ExitTo, endedAt: Instant): Course => ({
  ...course,
  stays: [...course.stays, { from: course.milestoneId, to, endedAt, days: wholeDays(course.since, endedAt) }],
});

const booked = (course: Course, booking: Booking): Course => ({ ...course, bookings: [...course.bookings, booking] });

/**
 * Takes one event into the course. A milestone before the furthest one tells nothing new; after the end only a cancellation counts.
 * Sets with gaps (an event is still on its way) give a provisional course; the full set always gives the same one.
 */
export const evolveCourse = (course: Course | undefined, event: OpportunityEnvelope): Course | undefined => {
  const { recordedAt } = event;
  if (event.name === 'OpportunityAmended') return course?.status === 'open' ? owned(course, event.data.after) : course;
  const known = course ?? begun(event.data, recordedAt);
  switch (event.name) {
    case 'OpportunityOpened': {
      const { repId, teamId } = event.data;
      return known.arrival === null ? { ...known, arrival: { recordedAt, repId, teamId } } : known;
    }
    case 'MilestoneReached': {
      const { milestoneId, position } = event.data;
      if (known.status !== 'open' || position <= known.position) return known;
      const left = owned(leave(known, { kind: 'milestone', milestoneId }, recordedAt), event.data);
      return { ...left, milestoneId, position, since: recordedAt, entries: [...left.entries, { milestoneId, recordedAt }] };
    }
    case 'OpportunityWon': {
      const ended = known.status === 'open' ? leave(known, { kind: 'won' }, recordedAt) : known;
      return { ...booked(ended, bookingOf(event, 1)), status: 'won' };
    }
    case 'OpportunityLost':
      return known.status === 'open' ? { ...leave(known, { kind: 'lost' }, recordedAt), status: 'lost' } : known;
    case 'OrderCancelled':
      return booked({ ...known, status: known.status === 'open' ? 'lost' : known.status }, bookingOf(event, -1));
  }
};

const bookingOf = (
  event: Extract<OpportunityEnvelope, { readonly name: 'OpportunityWon' | 'OrderCancelled' }>,
  sign: Booking['sign'],
): Booking => ({
  sequence: event.sequence,
  sign,
  minor: event.data.reportingAmount.minor,
  currency: event.data.reportingAmount.currency,
  recordedAt: event.recordedAt,
  repId: event.data.repId,
  teamId: event.data.teamId,
});

/** The course that events, in order of sequence, tell; undefined where only amendments were heard so far. */
export const courseOf = (events: readonly OpportunityEnvelope[]): Course | undefined =>
  events.reduce<Course | undefined>(evolveCourse, undefined);
