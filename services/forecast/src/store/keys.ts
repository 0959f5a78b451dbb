import type { Instant } from '@meilenstein/kernel';
import type { Key } from '@meilenstein/runtime';
import type { Booking, Course, MilestoneState } from '../domain/course.ts';

/** Shards of what many opportunities write at once; the shard comes from the opportunity, so it never changes. */
export const shards = [0, 1, 2, 3] as const;

const shardOf = (opportunity: string): number => {
  let sum = 0;
  for (let i = 0; i < opportunity.length; i += 1) sum = (sum * 31 + opportunity.charCodeAt(i)) % 65_521;
  return sum % shards.length;
};

/** `2026-11` of an instant, UTC: buckets must not move when the company's zone does. */
export const monthOf = (at: Instant): string => at.slice(0, 7);

const milestoneText = (milestone: MilestoneState): string => milestone ?? '';

export const keys = {
  opportunity: (id: string): Key => ({ pk: `OPPORTUNITY#${id}`, sk: 'ROW' }),
  process: (id: string): Key => ({ pk: 'PROCESSES', sk: id }),
  month: (month: string): string => `MONTH#${month}`,
  flow: (id: string, course: Pick<Course, 'processId'>, milestone: MilestoneState, at: Instant): Key => ({
    pk: keys.month(monthOf(at)),
    sk: `FLOW#${course.processId}#${milestoneText(milestone)}#${shardOf(id)}`,
  }),
  arrivals: (team: string, rep: string, at: Instant): Key => ({ pk: keys.month(monthOf(at)), sk: `ARRIVALS#${team}#${rep}` }),
  orderSums: ({ currency, teamId, repId, recordedAt }: Booking): Key => ({
    pk: keys.month(monthOf(recordedAt)),
    sk: `ORDERS#${currency}#${teamId}#${repId}`,
  }),
  bookings: (team: string): string => `BOOKED#${team}`,
  booking: (id: string, { teamId, recordedAt, sequence }: Booking): Key => ({
    pk: keys.bookings(teamId),
    sk: `${recordedAt}#${id}#${sequence}`,
  }),
  openOf: (team: string): string => `OPEN#${team}`,
  openOfRep: (rep: string): string => `${rep}#`,
  open: (id: string, { teamId, repId }: Pick<Course, 'teamId' | 'repId'>): Key => ({
    pk: keys.openOf(teamId),
    sk: `${keys.openOfRep(repId)}${id}`,
  }),
  heard: (shard: number): string => `HEARD#${shard}`,
  lastHeard: (id: string, at: Instant): Key => ({ pk: keys.heard(shardOf(id)), sk: `${at}#${id}` }),
};
