import { currency, processId, repId, teamId } from '@meilenstein/kernel';
import { act } from '@meilenstein/contracts';
import type { Item } from '@meilenstein/runtime';
import * as z from 'zod';
import type { Timeline, TimelineDwell, ExitTo, OpportunityTimeline } from '../domain/timeline.ts';

// A forecast reads every open opportunity, so a timeline is stored as one short text without field names.

// The service wrote these instants itself. Checking each of them in full would cost more than the forecast.
const at = z.string().brand<'Instant'>();
const segment = z.string().nullable();
const exit = z.union([
  z.tuple([z.literal('won'), act.nullable()]),
  z.tuple([z.literal('lost')]),
  z.tuple([z.literal('milestone'), z.string(), act]),
]);
const dwell = z.tuple([z.string().nullable(), z.int(), at, teamId, segment, z.tuple([at, exit]).nullable()]);
const assignment = z.tuple([at, repId, teamId, segment]);
const amount = z.tuple([at, z.tuple([z.int(), currency]).nullable()]);
const booking = z.tuple([z.union([z.literal(1), z.literal(-1)]), z.int(), z.string(), at, z.int().nullable(), repId, teamId]);
const short = z.tuple([
  z.enum(['open', 'won', 'lost']),
  processId,
  z.int(),
  at,
  z.array(dwell),
  z.array(assignment),
  z.array(amount),
  z.array(booking),
]);
type Short = z.infer<typeof short>;

const shortExit = (to: ExitTo): z.infer<typeof exit> => {
  switch (to.kind) {
    case 'won':
      return ['won', to.act];
    case 'lost':
      return ['lost'];
    case 'milestone':
      return ['milestone', to.milestoneId, to.act];
  }
};

const fullExit = (to: z.infer<typeof exit>): ExitTo => {
  switch (to[0]) {
    case 'won':
      return { kind: 'won', act: to[1] };
    case 'lost':
      return { kind: 'lost' };
    case 'milestone':
      return { kind: 'milestone', milestoneId: to[1], act: to[2] };
  }
};

/** The text of a timeline. Equal timelines have equal texts. */
export const timelineText = (timeline: Timeline): string => {
  const { status, position, lastEvidenceAt, dwells, assignments, amounts, bookings } = timeline;
  const fields: Short = [
    status,
    timeline.processId,
    position,
    lastEvidenceAt,
    dwells.map((one) => [
      one.milestoneId,
      one.begunBy,
      one.since,
      one.teamId,
      one.segment,
      one.end === null ? null : [one.end.at, shortExit(one.end.to)],
    ]),
    assignments.map((one) => [one.since, one.repId, one.teamId, one.segment]),
    amounts.map((one) => [one.since, one.amount === null ? null : [one.amount.minor, one.amount.currency]]),
    bookings.map((one) => [one.sign, one.minor, one.currency, one.recordedAt, one.known, one.repId, one.teamId]),
  ];
  return JSON.stringify(fields);
};

const timelineItem = z.looseObject({ id: z.string(), timeline: z.string() });

const fullStay = ([milestoneId, begunBy, since, team, of, end]: z.infer<typeof dwell>): TimelineDwell => ({
  milestoneId,
  begunBy,
  since,
  teamId: team,
  segment: of,
  end: end === null ? null : { at: end[0], to: fullExit(end[1]) },
});

/** Reads a timeline from its item. */
export const readTimeline = (item: Item): OpportunityTimeline => {
  const { id, timeline } = timelineItem.parse(item);
  const [status, process, position, lastEvidenceAt, dwells, assignments, amounts, bookings] = short.parse(JSON.parse(timeline));
  return {
    id,
    timeline: {
      status,
      processId: process,
      position,
      lastEvidenceAt,
      dwells: dwells.map(fullStay),
      assignments: assignments.map(([since, rep, team, of]) => ({ since, repId: rep, teamId: team, segment: of })),
      amounts: amounts.map(([since, known]) => ({ since, amount: known === null ? null : { minor: known[0], currency: known[1] } })),
      bookings: bookings.map(([sign, minor, code, recordedAt, known, rep, team]) => ({
        sign,
        minor,
        currency: code,
        recordedAt,
        known,
        repId: rep,
        teamId: team,
      })),
    },
  };
};
