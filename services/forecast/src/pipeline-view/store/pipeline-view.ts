import { envelopeReader, pipelineEvents, processPublished, type EnvelopeOf, type PipelineEnvelope } from '@meilenstein/contracts';
import { laterOf, type Instant } from '@meilenstein/kernel';
import { projection, type Contribution, type Machinery, type Projection } from '@meilenstein/runtime';
import { slotOf, utcDayNumber } from '../domain/company-days.ts';
import { sequenceForLead, type Course, type OpportunityEnvelope } from '../domain/course.ts';
import { additionsOf, type Counts } from '@meilenstein/forecasting/counts/counters';
import { placeOn, type OpportunityHistory } from '@meilenstein/forecasting/input/history';
import { dwellClass } from '../../leaks/domain/cohort.ts';
import { historyOf, type Sight } from '../domain/opportunity-history.ts';
import { courseText } from './course-item.ts';
import { keys, monthOf } from '../../keys.ts';

type ProcessEnvelope = EnvelopeOf<typeof processPublished>;

const opportunityEvents = pipelineEvents.filter((one) => one.name !== 'ProcessPublished');

/**
 * What is counted must follow from the events alone, in whatever order they come: it may know neither the company's zone nor its rates.
 * So stays are counted in days of UTC, and arrivals, orders and losses by the quarter of an hour: the zone cuts them into days when they
 * are read.
 */
const alone: Sight = { dayOf: utcDayNumber, valueOf: () => null };

const monthText = (month: number): string => `${1970 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

const flowContributions = (id: string, history: OpportunityHistory): readonly Contribution[] =>
  additionsOf(history).flatMap(({ cell, by }) => (cell.kind === 'flow' ? [{ add: keys.flow(id, monthText(cell.month), cell), by }] : []));

/** Names of a day of the month, such as `w17`. */
const isOfADay = (name: string): boolean => /^[a-z]?\d+$/.test(name);

const overTheMonth = (counts: Counts): Counts => Object.fromEntries(Object.entries(counts).filter(([name]) => !isOfADay(name)));

const orderContributions = (history: OpportunityHistory, course: Course): readonly Contribution[] =>
  course.bookings.flatMap(({ recordedAt, currency }, index): readonly Contribution[] => {
    const order = history.orders[index];
    if (order === undefined) return [];
    const slot = slotOf(recordedAt);
    const sums = additionsOf({ ...history, stays: [], orders: [order] }).filter(({ cell }) => cell.kind === 'outcomes');
    const by = Object.assign({}, ...sums.map((one) => overTheMonth(one.by)), { [`w${slot}`]: order.wins, [`v${slot}`]: order.minor });
    return [{ add: keys.outcomes(monthOf(recordedAt), currency, order.place), by }];
  });

const arrivalAndLoss = (history: OpportunityHistory, course: Course): readonly Contribution[] => {
  const [arrived] = course.places;
  const [arrival] = history.places;
  const lost = course.stays.find((stay) => stay.end?.to.kind === 'lost')?.end;
  return [
    ...(arrived === undefined || arrival === undefined
      ? []
      : [{ add: keys.arrivals(monthOf(arrived.since), arrival.place), by: { [String(slotOf(arrived.since))]: 1 } }]),
    ...(lost === undefined || lost === null
      ? []
      : [
          {
            add: keys.outcomes(monthOf(lost.at), '', placeOn(history, utcDayNumber(lost.at))),
            by: { [`l${slotOf(lost.at)}`]: 1 },
          },
        ]),
  ];
};

/** Each milestone that the customer entered, and how long it took until the customer went on. A loss adds nothing: it stays an entry. */
const cohortContributions = ({ processId, stays }: Course): readonly Contribution[] =>
  stays.map(({ milestoneId, since, segment, teamId, end }) => {
    const onward =
      end === null || end.to.kind === 'lost'
        ? {}
        : {
            [`on:${dwellClass(Math.max(0, utcDayNumber(end.at) - utcDayNumber(since)))}`]: 1,
            ...(end.to.act === null ? {} : { [`by:${end.to.act}`]: 1 }),
          };
    return { add: keys.cohort(monthOf(since), { processId, segment, teamId, milestoneId }), by: { entries: 1, ...onward } };
  });

/** When the last thing became known of an opportunity that is over: its end, or the cancellation of its order. */
const overAt = ({ stays, bookings }: Course): Instant | undefined => {
  const ends = stays.flatMap((stay) => (stay.end === null ? [] : [stay.end.at]));
  return [...ends, ...bookings.map((booking) => booking.recordedAt)].toSorted().at(-1);
};

const courseContributions = (id: string, course: Course): readonly Contribution[] => {
  const history = historyOf(id, course, alone);
  const at = course.status === 'open' ? undefined : overAt(course);
  const key = at === undefined ? keys.open(id) : keys.ended(id, at);
  return [
    { put: { ...key, id, course: courseText(course) } },
    ...flowContributions(id, history),
    ...arrivalAndLoss(history, course),
    ...orderContributions(history, course),
    ...cohortContributions(course),
  ];
};

const contributionsOf = (events: readonly OpportunityEnvelope[]): readonly Contribution[] => {
  const [first, ...others] = events;
  if (first === undefined) return [];
  const id = first.data.opportunityId;
  const course = sequenceForLead(events);
  const last = others.reduce((latest, event) => laterOf(latest, event.storedAt), first.storedAt);
  return [{ put: keys.lastHeard(id, last) }, ...(course === undefined ? [] : courseContributions(id, course))];
};

export type PipelineView = {
  readonly fold: (events: readonly PipelineEnvelope[]) => Promise<void>;
  readonly opportunities: Projection<OpportunityEnvelope>;
  readonly processes: Projection<ProcessEnvelope>;
};

/** The view of the pipeline: a row for each opportunity and process, the courses of open and ended ones, counters by month. */
export const pipelineView = (machinery: Machinery): PipelineView => {
  const opportunities = projection<OpportunityEnvelope>(
    { rowKey: ({ subject }) => keys.opportunity(subject), event: envelopeReader(opportunityEvents), contributions: contributionsOf },
    machinery,
  );
  const processes = projection<ProcessEnvelope>(
    { rowKey: ({ subject }) => keys.process(subject), event: envelopeReader([processPublished]), contributions: () => [] },
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
