import type { Instant } from '@meilenstein/kernel';
import type { Amount, Timeline, TimelineDwell } from './timeline.ts';
import type { DayNumber, Exit, OpportunityHistory, Cell, Dwell } from '@meilenstein/forecasting/input/history';

/** Converts instants to days and amounts to minor units of one currency; an amount without a rate is unknown. */
export type CompanyUnits = { readonly dayOf: (at: Instant) => DayNumber; readonly valueOf: (amount: Amount) => number | null };

const exitOf = (end: NonNullable<TimelineDwell['end']>): Exit => (end.to.kind === 'milestone' ? `>${end.to.milestoneId}` : end.to.kind);

/** Makes days ascending: a fact that was recorded before its predecessor counts from the predecessor's day. */
const forward = (): ((day: DayNumber) => DayNumber) => {
  let latest = Number.NEGATIVE_INFINITY;
  return (day) => (latest = Math.max(latest, day));
};

const dwellsOf = (timeline: Timeline, units: CompanyUnits): readonly Dwell[] => {
  const onward = forward();
  return timeline.dwells.map((dwell): Dwell => {
    const milestone = dwell.milestoneId ?? '';
    const since = onward(units.dayOf(dwell.since));
    if (dwell.end === null) return { milestone, since, until: null, exit: null };
    return { milestone, since, until: onward(units.dayOf(dwell.end.at)), exit: exitOf(dwell.end) };
  });
};

/** A timeline in the engine's form: whole days, one currency, unknown as ''. */
export const historyFromTimeline = (id: string, timeline: Timeline, units: CompanyUnits): OpportunityHistory => {
  const [placed, valued, ordered] = [forward(), forward(), forward()];
  const cellAt = (one: { readonly repId: string; readonly teamId: string }, segment: string | null): Cell => ({
    processId: timeline.processId,
    segment: segment ?? '',
    teamId: one.teamId,
    ownerId: one.repId,
  });
  const segment = timeline.assignments.at(-1)?.segment ?? null;
  return {
    id,
    dwells: dwellsOf(timeline, units),
    cells: timeline.assignments.map((one) => ({ since: placed(units.dayOf(one.since)), cell: cellAt(one, one.segment) })),
    amounts: timeline.amounts.map(({ since, amount }) => ({ since: valued(units.dayOf(since)), minor: units.valueOf(amount) })),
    orders: timeline.bookings.map((booking) => ({
      day: ordered(units.dayOf(booking.recordedAt)),
      wins: booking.sign,
      minor: booking.sign * booking.minor,
      known: booking.known,
      cell: cellAt(booking, segment),
    })),
  };
};
