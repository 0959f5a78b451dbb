import type { Instant, ProcessId, RepId, TeamId } from '@meilenstein/kernel';
import type { OpportunityDimensions, PipelineEnvelope } from '@meilenstein/contracts';

/** How a customer shows that a milestone is reached. */
export const acts = ['did', 'said', 'wrote'] as const;
export type Act = (typeof acts)[number];

/** The last milestone that the customer reached; null: none yet. */
export type MilestoneState = string | null;

/** `act`: the kind of evidence that showed it; null where only the order itself is known. */
export type ExitTo =
  | { readonly kind: 'won'; readonly act: Act | null }
  | { readonly kind: 'lost' }
  | { readonly kind: 'milestone'; readonly milestoneId: string; readonly act: Act };

/** A stay at a milestone between two recordings; the last one of an open opportunity has no end. `begunBy`: the event's sequence. */
export type CourseStay = {
  readonly milestoneId: MilestoneState;
  readonly begunBy: number;
  readonly since: Instant;
  readonly end: { readonly at: Instant; readonly to: ExitTo } | null;
  /** where it counted when it began */
  readonly teamId: TeamId;
  readonly segment: string | null;
};

/** An order, or its cancellation (`sign` -1), in minor units of the reporting currency. */
type Booking = {
  readonly sign: 1 | -1;
  readonly minor: number;
  readonly currency: string;
  readonly recordedAt: Instant;
  /** the amount that was known just before, at the rate of the order; null: none was */
  readonly known: number | null;
  readonly repId: RepId;
  readonly teamId: TeamId;
};

/** Whose it is, since when. */
type Placed = { readonly since: Instant; readonly repId: RepId; readonly teamId: TeamId; readonly segment: string | null };

export type Amount = OpportunityDimensions['amount'];

/** What one opportunity has been through, by the times at which the company knew it. No list of the first three is empty. */
export type Course = {
  readonly status: 'open' | 'won' | 'lost';
  readonly processId: ProcessId;
  readonly position: number;
  readonly stays: readonly CourseStay[];
  readonly places: readonly Placed[];
  readonly amounts: readonly { readonly since: Instant; readonly amount: Amount }[];
  readonly bookings: readonly Booking[];
  /** when the customer last did, said or wrote anything; before, when it was opened */
  readonly lastEvidenceAt: Instant;
};

/** A course and whose it is. */
export type Known = { readonly id: string; readonly course: Course };

export type OpportunityEnvelope = Exclude<PipelineEnvelope, { readonly name: 'ProcessPublished' }>;

type Order = Extract<OpportunityEnvelope, { readonly name: 'OpportunityWon' | 'OrderCancelled' }>;
type Owned = Pick<OpportunityDimensions, 'repId' | 'teamId' | 'segment' | 'amount'>;

const begun = (data: OpportunityDimensions, { since, begunBy }: Pick<CourseStay, 'since' | 'begunBy'>): Course => {
  const { processId, repId, teamId, segment, amount } = data;
  return {
    status: 'open',
    processId,
    position: 0,
    stays: [{ milestoneId: null, begunBy, since, end: null, teamId, segment }],
    places: [{ since, repId, teamId, segment }],
    amounts: [{ since, amount }],
    bookings: [],
    lastEvidenceAt: since,
  };
};

const sameAmount = (a: Amount, b: Amount): boolean => a?.minor === b?.minor && a?.currency === b?.currency;

/** Owner, segment and amount as an event says; lists grow only where something changed. */
const owned = (course: Course, { repId, teamId, segment, amount }: Owned, since: Instant): Course => {
  const [place, last] = [course.places.at(-1), course.amounts.at(-1)];
  const moved = place?.repId !== repId || place.teamId !== teamId || place.segment !== segment;
  return {
    ...course,
    places: moved ? [...course.places, { since, repId, teamId, segment }] : course.places,
    amounts: last !== undefined && sameAmount(last.amount, amount) ? course.amounts : [...course.amounts, { since, amount }],
  };
};

const leave = (course: Course, to: ExitTo, at: Instant): Course => ({
  ...course,
  stays: course.stays.map((stay) => (stay.end === null ? { ...stay, end: { at, to } } : stay)),
});

/** The last milestone is the order: reaching it and winning are told in one breath, and make one exit from the milestone before. */
const win = (course: Course, { recordedAt, sequence }: Order): Course => {
  const last = course.stays.at(-1);
  const before = course.stays.at(-2);
  const inOneBreath = last?.begunBy === sequence - 1 && last.since === recordedAt && before?.end?.to.kind === 'milestone';
  if (!inOneBreath || before?.end?.to.kind !== 'milestone') return leave(course, { kind: 'won', act: null }, recordedAt);
  const end = { at: before.end.at, to: { kind: 'won' as const, act: before.end.to.act } };
  return { ...course, stays: [...course.stays.slice(0, -2), { ...before, end }] };
};

const booked = (course: Course, booking: Booking): Course => ({ ...course, bookings: [...course.bookings, booking] });

/** The amount before the order in the reporting currency, at the rate that the order itself carries, so that no other rate is needed. */
const knownBefore = (course: Course, { data }: Order): number | null => {
  const amount = course.amounts.at(-1)?.amount ?? null;
  if (amount === null) return null;
  if (amount.currency === data.reportingAmount.currency) return amount.minor;
  if (amount.currency !== data.amount.currency || data.amount.minor === 0) return null;
  return Math.round((amount.minor * data.reportingAmount.minor) / data.amount.minor);
};

const bookingOf = (course: Course, event: Order, sign: Booking['sign']): Booking => ({
  sign,
  minor: event.data.reportingAmount.minor,
  currency: event.data.reportingAmount.currency,
  recordedAt: event.recordedAt,
  // a cancellation takes back what the order added
  known: sign === -1 ? (course.bookings.findLast((one) => one.sign === 1)?.known ?? null) : knownBefore(course, event),
  repId: event.data.repId,
  teamId: event.data.teamId,
});

/**
 * Takes one event into the course. A milestone before the furthest one tells nothing new but that the customer is awake; after the end
 * only a cancellation counts. Sets with gaps (an event is still on its way) give a provisional course; the full set always gives the
 * same one.
 */
const evolveCourse = (course: Course | undefined, event: OpportunityEnvelope): Course | undefined => {
  const { recordedAt, sequence } = event;
  if (event.name === 'OpportunityAmended') return course?.status === 'open' ? owned(course, event.data.after, recordedAt) : course;
  const known = course ?? begun(event.data, { since: recordedAt, begunBy: sequence });
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
        stays: [...left.stays, { milestoneId, begunBy: sequence, since: recordedAt, end: null, teamId, segment }],
      };
    }
    case 'OpportunityWon': {
      const ended = known.status === 'open' ? win(known, event) : known;
      return { ...booked(ended, bookingOf(known, event, 1)), status: 'won', lastEvidenceAt: recordedAt };
    }
    case 'OpportunityLost':
      return known.status === 'open' ? { ...leave(known, { kind: 'lost' }, recordedAt), status: 'lost' } : known;
    case 'OrderCancelled': {
      const ended: Course = known.status === 'open' ? { ...leave(known, { kind: 'lost' }, recordedAt), status: 'lost' } : known;
      return booked(ended, bookingOf(known, event, -1));
    }
  }
};

/** The course that events, in order of sequence, tell; undefined where only amendments were heard so far. */
export const sequenceForLead = (events: readonly OpportunityEnvelope[]): Course | undefined =>
  events.reduce<Course | undefined>(evolveCourse, undefined);
