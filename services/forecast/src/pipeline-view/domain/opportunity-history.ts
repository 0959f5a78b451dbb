import type { Instant } from '@meilenstein/kernel';
import type { Amount, Course, CourseStay } from './course.ts';
import type { DayNumber, Exit, OpportunityHistory, Place, Stay } from '@meilenstein/forecasting/input/history';

/** How instants become days and amounts become minor units of one currency; an amount without a rate is unknown. */
export type Sight = { readonly dayOf: (at: Instant) => DayNumber; readonly valueOf: (amount: Amount) => number | null };

const exitOf = (end: NonNullable<CourseStay['end']>): Exit => (end.to.kind === 'milestone' ? `>${end.to.milestoneId}` : end.to.kind);

/** Days that never go back: a fact that was recorded before the one it follows counts from the same day. */
const forward = (): ((day: DayNumber) => DayNumber) => {
  let latest = Number.NEGATIVE_INFINITY;
  return (day) => (latest = Math.max(latest, day));
};

const staysOf = (course: Course, sight: Sight): readonly Stay[] => {
  const onward = forward();
  return course.stays.map((stay): Stay => {
    const milestone = stay.milestoneId ?? '';
    const since = onward(sight.dayOf(stay.since));
    if (stay.end === null) return { milestone, since, until: null, exit: null };
    return { milestone, since, until: onward(sight.dayOf(stay.end.at)), exit: exitOf(stay.end) };
  });
};

/** A course as the engine reads it: whole days, one currency, unknown as ''. */
export const historyOf = (id: string, course: Course, sight: Sight): OpportunityHistory => {
  const [placed, valued, ordered] = [forward(), forward(), forward()];
  const placeAt = (one: { readonly repId: string; readonly teamId: string }, segment: string | null): Place => ({
    processId: course.processId,
    segment: segment ?? '',
    teamId: one.teamId,
    ownerId: one.repId,
  });
  const segment = course.places.at(-1)?.segment ?? null;
  return {
    id,
    stays: staysOf(course, sight),
    places: course.places.map((one) => ({ since: placed(sight.dayOf(one.since)), place: placeAt(one, one.segment) })),
    amounts: course.amounts.map(({ since, amount }) => ({ since: valued(sight.dayOf(since)), minor: sight.valueOf(amount) })),
    orders: course.bookings.map((booking) => ({
      day: ordered(sight.dayOf(booking.recordedAt)),
      wins: booking.sign,
      minor: booking.sign * booking.minor,
      known: booking.known,
      place: placeAt(booking, segment),
    })),
  };
};
