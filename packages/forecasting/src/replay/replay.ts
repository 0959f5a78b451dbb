import type { ProcessShape } from '../input/evidence.ts';
import { emptyFlowCounts } from '../counts/flow-counts.ts';
import { placeOn, type DayNumber, type OpportunityHistory, type Place } from '../input/history.ts';
import type { Lesson } from '../learning/lessons.ts';
import { firstOnOrAfter } from '../baselines/outcome-series.ts';
import { arrivalColumns, never, orderColumns, placesOf, stayColumns } from './replay-columns.ts';
import type { ProcessFlow, Situation } from '../input/situation.ts';
import { stayWalk } from '../counts/stay-walk.ts';
import { worthLedger } from '../amounts/worth-ledger.ts';

export type Replay = {
  /** What was known at the beginning of a day. Days must be asked for in order. */
  readonly at: (today: DayNumber, past: readonly Lesson[]) => Situation;
};

const arrivalOf = (history: OpportunityHistory): DayNumber => history.places[0]?.since ?? 0;

const sortedHistories = (histories: readonly OpportunityHistory[]): readonly OpportunityHistory[] =>
  histories.toSorted((a, b) => arrivalOf(a) - arrivalOf(b) || (a.id < b.id ? -1 : 1));

/** Where each history was and what was known of its amount, by day; of most there is one answer, so only the others are kept whole. */
const biographies = (histories: readonly OpportunityHistory[], indexOf: (place: Place) => number) => {
  const changing = new Map(
    histories.flatMap((history, index) => (history.places.length > 1 || history.amounts.length > 1 ? [[index, history] as const] : [])),
  );
  const onlyPlace = Int32Array.from(histories, (history) => indexOf(placeOn(history, never)));
  const onlyAmount = Float64Array.from(histories, ({ amounts: [first] }) => first?.minor ?? Number.NaN);
  return {
    arrived: Int32Array.from(histories, arrivalOf),
    placeAt: (history: number, on: DayNumber): number => {
      const moved = changing.get(history);
      return moved === undefined ? (onlyPlace[history] ?? 0) : indexOf(placeOn(moved, on));
    },
    knownAt: (history: number, on: DayNumber): number => {
      const amended = changing.get(history);
      if (amended === undefined) return onlyAmount[history] ?? Number.NaN;
      return amended.amounts.findLast((amount) => amount.since <= on)?.minor ?? Number.NaN;
    },
  };
};

const processFlows = (shapes: readonly ProcessShape[], segments: readonly string[]): readonly ProcessFlow[] =>
  shapes.map(({ processId, milestones }) => ({
    processId,
    counts: emptyFlowCounts(['', ...milestones.map((one) => one.milestone)], segments),
    prior: [{ conversion: null, medianDays: null }, ...milestones],
  }));

/** Walks through histories by recorded day. `shapes` names the processes and the order of their milestones. */
export const replayOf = (given: readonly OpportunityHistory[], shapes: readonly ProcessShape[], startMonth: number): Replay => {
  const histories = sortedHistories(given);
  const { places, indexOf } = placesOf(histories);
  const segments = [...new Set(places.map((place) => place.segment))].toSorted();
  const processes = processFlows(shapes, segments);
  const processIndex = new Map(processes.map(({ processId }, index) => [processId, index]));
  const processOf = Int32Array.from(places, (place) => processIndex.get(place.processId) ?? 0);
  const segmentOf = Int32Array.from(places, (place) => segments.indexOf(place.segment));
  const stays = stayColumns(histories, (processId) => processes[processIndex.get(processId) ?? 0]?.counts.milestones ?? ['']);
  const arrivals = arrivalColumns(histories, indexOf);
  const orders = orderColumns(histories, indexOf);
  const { arrived, placeAt, knownAt } = biographies(histories, indexOf);
  const walk = stayWalk(stays, processes, { placeAt, processOf, segmentOf });
  const worthBefore = worthLedger(orders);
  const firstArrival = arrivals.day[0];
  const openOf = (standing: Int32Array, today: DayNumber): Situation['open'] => {
    const history = standing.map((stay) => stays.history[stay] ?? 0);
    return {
      length: standing.length,
      place: history.map((one) => placeAt(one, today - 1)),
      milestone: standing.map((stay) => stays.milestone[stay] ?? 0),
      since: standing.map((stay) => stays.since[stay] ?? 0),
      arrived: history.map((one) => arrived[one] ?? 0),
      known: Float64Array.from(history, (one) => knownAt(one, today - 1)),
    };
  };
  return {
    at: (today, past) => ({
      today,
      startMonth,
      firstDay: Math.min(today, firstArrival ?? today),
      places,
      processOf,
      segmentOf,
      processes,
      arrivals: { ...arrivals, length: firstOnOrAfter(arrivals.day, arrivals.length, today) },
      orders: { ...orders.columns, length: firstOnOrAfter(orders.columns.day, orders.columns.length, today) },
      worth: worthBefore(today),
      open: openOf(walk.to(today), today),
      past,
    }),
  };
};
