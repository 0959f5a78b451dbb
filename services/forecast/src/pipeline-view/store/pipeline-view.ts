import { envelopeReader, opportunityMoves, processPublished, type EnvelopeOf, type PipelineEnvelope } from '@meilenstein/contracts';
import { laterOf, type Instant } from '@meilenstein/kernel';
import {
  projection,
  receivedEvents,
  type Contribution,
  type Item,
  type Machinery,
  type Projection,
  type ReceivedEvents,
} from '@meilenstein/runtime';
import { slotOf, utcDayNumber } from '../domain/company-days.ts';
import { timelineOf, type Timeline } from '../domain/timeline.ts';
import type { OpportunityEnvelope } from '../domain/events-in-force.ts';
import { additionsOf, type Counts } from '@meilenstein/forecasting/counts/counters';
import { cellOn, type OpportunityHistory } from '@meilenstein/forecasting/input/history';
import { dwellClass } from '../../leaks/domain/cohort.ts';
import { historyFromTimeline, type CompanyUnits } from '../domain/opportunity-history.ts';
import { timelineText } from './timeline-item.ts';
import { keys, monthOf } from '../../keys.ts';

type ProcessEnvelope = EnvelopeOf<typeof processPublished>;

/**
 * Counts must follow from the events alone, in any order of arrival, so they must not depend on the company's zone or rates. Dwells are
 * therefore counted in UTC days; arrivals, orders and losses are counted by the quarter of an hour and cut into local days when they are read.
 */
const eventUnits: CompanyUnits = { dayOf: utcDayNumber, valueOf: () => null };

const monthText = (month: number): string => `${1970 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

const flowContributions = (id: string, history: OpportunityHistory): readonly Contribution[] =>
  additionsOf(history).flatMap(({ key, by }) => (key.kind === 'flow' ? [{ add: keys.flow(id, monthText(key.month), key), by }] : []));

/** Names with a day of the month, such as `w17`. */
const isOfADay = (name: string): boolean => /^[a-z]?\d+$/.test(name);

const overTheMonth = (counts: Counts): Counts => Object.fromEntries(Object.entries(counts).filter(([name]) => !isOfADay(name)));

const orderContributions = (history: OpportunityHistory, timeline: Timeline): readonly Contribution[] =>
  timeline.bookings.flatMap(({ recordedAt, currency }, index): readonly Contribution[] => {
    const order = history.orders[index];
    if (order === undefined) return [];
    const slot = slotOf(recordedAt);
    const sums = additionsOf({ ...history, dwells: [], orders: [order] }).filter(({ key }) => key.kind === 'outcomes');
    const by = Object.assign({}, ...sums.map((one) => overTheMonth(one.by)), { [`w${slot}`]: order.wins, [`v${slot}`]: order.minor });
    return [{ add: keys.outcomes(monthOf(recordedAt), currency, order.cell), by }];
  });

const arrivalAndLoss = (history: OpportunityHistory, timeline: Timeline): readonly Contribution[] => {
  const [arrived] = timeline.assignments;
  const [arrival] = history.cells;
  const lost = timeline.dwells.find((dwell) => dwell.end?.to.kind === 'lost')?.end;
  return [
    ...(arrived === undefined || arrival === undefined
      ? []
      : [{ add: keys.arrivals(monthOf(arrived.since), arrival.cell), by: { [String(slotOf(arrived.since))]: 1 } }]),
    ...(lost === undefined || lost === null
      ? []
      : [
          {
            add: keys.outcomes(monthOf(lost.at), '', cellOn(history, utcDayNumber(lost.at))),
            by: { [`l${slotOf(lost.at)}`]: 1 },
          },
        ]),
  ];
};

/** Each milestone that the customer entered, and the days until the customer went on. A loss adds nothing further: it stays an entry. */
const cohortContributions = ({ processId, dwells }: Timeline): readonly Contribution[] =>
  dwells.map(({ milestoneId, since, segment, teamId, end }) => {
    const onward =
      end === null || end.to.kind === 'lost'
        ? {}
        : {
            [`on:${dwellClass(Math.max(0, utcDayNumber(end.at) - utcDayNumber(since)))}`]: 1,
            ...(end.to.act === null ? {} : { [`by:${end.to.act}`]: 1 }),
          };
    return { add: keys.cohort(monthOf(since), { processId, segment, teamId, milestoneId }), by: { entries: 1, ...onward } };
  });

/** The last recording of an ended opportunity: its end, or the cancellation of its order. */
const overAt = ({ dwells, bookings }: Timeline): Instant | undefined => {
  const ends = dwells.flatMap((dwell) => (dwell.end === null ? [] : [dwell.end.at]));
  return [...ends, ...bookings.map((booking) => booking.recordedAt)].toSorted().at(-1);
};

const timelineContributions = (id: string, timeline: Timeline): readonly Contribution[] => {
  const history = historyFromTimeline(id, timeline, eventUnits);
  const at = timeline.status === 'open' ? undefined : overAt(timeline);
  const key = at === undefined ? keys.open(id) : keys.ended(id, at);
  return [
    { put: { ...key, id, timeline: timelineText(timeline) } },
    ...flowContributions(id, history),
    ...arrivalAndLoss(history, timeline),
    ...orderContributions(history, timeline),
    ...cohortContributions(timeline),
  ];
};

const contributionsOf = (events: readonly OpportunityEnvelope[]): readonly Contribution[] => {
  const [first, ...others] = events;
  if (first === undefined) return [];
  const id = first.data.opportunityId;
  const timeline = timelineOf(events);
  const last = others.reduce((latest, event) => laterOf(latest, event.storedAt), first.storedAt);
  return [{ put: keys.lastReceived(id, last) }, ...(timeline === undefined ? [] : timelineContributions(id, timeline))];
};

/** Each version of a process is an item of its own, so that the row of the process does not grow with them. */
const processVersionItem = ({ subject, sequence, data: { processId, version, milestones } }: ProcessEnvelope): Item => ({
  ...keys.processVersion(subject, sequence),
  processId,
  version,
  milestoneIds: milestones.map((one) => one.id),
});

export type PipelineView = Pick<Projection<PipelineEnvelope>, 'withdraw'> & {
  readonly fold: (events: readonly PipelineEnvelope[]) => Promise<void>;
  readonly opportunities: Projection<OpportunityEnvelope>;
  readonly processes: ReceivedEvents<ProcessEnvelope>;
};

/** The pipeline view: a row for each opportunity and process, the timelines of open and ended opportunities, counters by month. */
export const pipelineView = (machinery: Machinery): PipelineView => {
  const opportunities = projection<OpportunityEnvelope>(
    { rowKey: ({ subject }) => keys.opportunity(subject), event: envelopeReader(opportunityMoves), contributions: contributionsOf },
    machinery,
  );
  const processes = receivedEvents<ProcessEnvelope>(
    {
      names: ['ProcessPublished'],
      rowKey: ({ subject }) => keys.process(subject),
      event: envelopeReader([processPublished]),
      itemOf: processVersionItem,
    },
    machinery,
  );
  return {
    opportunities,
    processes,
    withdraw: async (items, isWithdrawn) =>
      (await processes.withdraw(items, isWithdrawn)) + (await opportunities.withdraw(items, isWithdrawn)),
    fold: async (events) => {
      await processes.fold(events.filter((event) => event.name === 'ProcessPublished'));
      await opportunities.fold(events.filter((event) => event.name !== 'ProcessPublished'));
    },
  };
};
