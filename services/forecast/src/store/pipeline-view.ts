import { envelopeReader, pipelineEvents, processPublished, type EnvelopeOf, type PipelineEnvelope } from '@meilenstein/contracts';
import { laterOf } from '@meilenstein/kernel';
import { projection, type Contribution, type Machinery, type Projection } from '@meilenstein/runtime';
import { courseOf, type Booking, type Course, type ExitTo, type OpportunityEnvelope } from '../domain/course.ts';
import { keys } from './keys.ts';

type ProcessEnvelope = EnvelopeOf<typeof processPublished>;

const opportunityEvents = pipelineEvents.filter((one) => one.name !== 'ProcessPublished');

const exitCounter = (to: ExitTo): string => (to.kind === 'milestone' ? `to:${to.milestoneId}` : to.kind);

const half = 10n ** 12n;

/**
 * v² of an order as two integers, v² = squareHigh · 10¹² + squareLow. Each stays far below 2⁵³ when thousands of orders are added, so
 * the sum is exact and does not depend on the order of additions.
 */
export const squareParts = (minor: number): { readonly squareHigh: number; readonly squareLow: number } => {
  const square = BigInt(minor) ** 2n;
  return { squareHigh: Number(square / half), squareLow: Number(square % half) };
};

/** The sum of squares that the two parts stand for. */
export const squaresOf = (high: number, low: number): bigint => BigInt(high) * half + BigInt(low);

const bookingContributions = (id: string, booking: Booking): readonly Contribution[] => {
  const { sign, minor, currency, repId } = booking;
  const { squareHigh, squareLow } = squareParts(minor);
  return [
    { put: { ...keys.booking(id, booking), repId, currency, minor: sign * minor } },
    {
      add: keys.orderSums(booking),
      by: { wins: sign, minor: sign * minor, squareHigh: sign * squareHigh, squareLow: sign * squareLow },
    },
  ];
};

/** What a forecast reads of an opportunity while it is open, without its history. */
const openContributions = (id: string, course: Course): readonly Contribution[] => {
  const { status, repId, processId, processVersion, milestoneId, amount } = course;
  return status === 'open' ? [{ put: { ...keys.open(id, course), repId, processId, processVersion, milestoneId, amount } }] : [];
};

const courseContributions = (id: string, course: Course): readonly Contribution[] => [
  ...openContributions(id, course),
  ...course.entries.map(({ milestoneId, recordedAt }) => ({ add: keys.flow(id, course, milestoneId, recordedAt), by: { entries: 1 } })),
  ...course.stays.map((stay) => ({
    add: keys.flow(id, course, stay.from, stay.endedAt),
    by: { days: stay.days, [exitCounter(stay.to)]: 1 },
  })),
  ...(course.arrival === null
    ? []
    : [
        {
          add: keys.arrivals(course.arrival.teamId, course.arrival.repId, course.arrival.recordedAt),
          by: { [`day:${course.arrival.recordedAt.slice(8, 10)}`]: 1 },
        },
      ]),
  ...course.bookings.flatMap((booking) => bookingContributions(id, booking)),
];

const contributionsOf = (events: readonly OpportunityEnvelope[]): readonly Contribution[] => {
  const [first, ...others] = events;
  if (first === undefined) return [];
  const id = first.data.opportunityId;
  const course = courseOf(events);
  const last = others.reduce((latest, event) => laterOf(latest, event.recordedAt), first.recordedAt);
  return [{ put: keys.lastHeard(id, last) }, ...(course === undefined ? [] : courseContributions(id, course))];
};

export type PipelineView = {
  readonly fold: (events: readonly PipelineEnvelope[]) => Promise<void>;
  readonly opportunities: Projection<OpportunityEnvelope>;
  readonly processes: Projection<ProcessEnvelope>;
};

/** The view of the pipeline: a row for each opportunity and process, counters by month, orders by team and time. */
export const pipelineView = (machinery: Machinery): PipelineView => {
  const opportunities = projection<OpportunityEnvelope>(
    {
      rowKey: keys.opportunity,
      event: envelopeReader(opportunityEvents),
      contributions: contributionsOf,
    },
    machinery,
  );
  const processes = projection<ProcessEnvelope>(
    { rowKey: keys.process, event: envelopeReader([processPublished]), contributions: () => [] },
    machinery,
  );
  return {
    opportunities,
    processes,
    fold: async (events) => {
      await processes.fold(events.filter((event) => event.name === 'ProcessPublished'));
      await opportunities.fold(events.filter((event) => event.name !== 'ProcessPublished'));
    },
  };
};
